#Requires -Version 5.1
<#
.SYNOPSIS
    Builds, tests and packages LlamaGate. Calls the same dotnet targets as the continuous integration.
.EXAMPLE
    ./build.ps1
    Builds the module into out/LlamaGate.
.EXAMPLE
    ./build.ps1 -Task Test
    Builds, then runs all tests: xunit, and the Pester suite in a PowerShell from NuGet.
.EXAMPLE
    ./build.ps1 -Task Pester
    Builds, then runs the Pester suite in this PowerShell, with the Pester that is installed.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Analyze', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # Uses what has been built before.
    [switch] $NoBuild
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') ended with exit code $LASTEXITCODE."
    }
}

function Invoke-PesterSuite {
    $pester = Get-Module Pester -ListAvailable | Where-Object Version -GE '5.0' | Select-Object -First 1
    if (-not $pester) {
        throw 'The Pester suite was not run: Pester 5 or later is not installed (Install-PSResource Pester).'
    }

    Import-Module $pester.Path
    $settings = New-PesterConfiguration
    $settings.Run.Path = "$PSScriptRoot/tests/Pester"
    $settings.Run.PassThru = $true
    $settings.Output.Verbosity = 'Detailed'
    $result = Invoke-Pester -Configuration $settings
    Write-Output "Pester: $($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped"
    if ($result.Result -ne 'Passed') {
        throw 'The Pester suite failed.'
    }
}

function Invoke-Analysis {
    if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
        Write-Warning 'The scripts were not analyzed: PSScriptAnalyzer is not installed (Install-PSResource PSScriptAnalyzer).'
        return
    }

    # The staged manifest, because the one in this folder does not lie beside the files that it names.
    $paths = 'build.ps1', 'PSScriptAnalyzerSettings.psd1', 'out/LlamaGate/LlamaGate.psd1', 'samples', 'tests/Pester'
    $findings = $paths | ForEach-Object {
        Invoke-ScriptAnalyzer -Path "$PSScriptRoot/$_" -Recurse -Settings "$PSScriptRoot/PSScriptAnalyzerSettings.psd1"
    }
    $findings | ForEach-Object { Write-Output "$($_.ScriptPath)($($_.Line)): $($_.Severity) $($_.RuleName): $($_.Message)" }
    if ($findings) {
        throw "PSScriptAnalyzer found $(@($findings).Count) problems."
    }

    Write-Output 'PSScriptAnalyzer: 0 problems'
}

Push-Location $PSScriptRoot
try {
    if (-not $NoBuild) {
        Invoke-Dotnet build --configuration $Configuration
    }

    switch ($Task) {
        'Test' { Invoke-Dotnet test --configuration $Configuration --no-build }
        'Pester' { Invoke-PesterSuite }
        'Analyze' { Invoke-Analysis }
        'Package' { Invoke-Dotnet msbuild build/Package.proj "-p:Configuration=$Configuration" }
    }
}
finally {
    Pop-Location
}
