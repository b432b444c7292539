<#
.SYNOPSIS
    Runs the examples of the cmdlets' pages and writes what a person would see, each below a line with its name.
.DESCRIPTION
    Every example starts anew: in a profile folder of its own with a LlamaGate home that holds request-logger 0.3.1, summarize-text
    1.1.0 and ticket-triage 2.0.0-beta.1; with the packages of all samples in ./packages, and two legacy extensions in
    ./extensions. The repository 'shared' is the folder ./feed, which has the packages of all samples. A gateway that answers every refresh is running. The profile folder is shown as /home/user.
#>
[CmdletBinding()]
param(
    # The manifest of the module.
    [Parameter(Mandatory)]
    [string] $Manifest,

    # The folder of the pages.
    [Parameter(Mandatory)]
    [string] $Docs,

    # The folder of the sample packages.
    [Parameter(Mandatory)]
    [string] $Samples,

    # An empty folder to work in.
    [Parameter(Mandatory)]
    [string] $Work
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if ($PSVersionTable.PSVersion -ge '7.2') {
    $PSStyle.OutputRendering = 'PlainText'
}

# A table without it has columns as wide as what PowerShell is given in 300 ms needs.
$PSDefaultParameterValues['Format-Table:AutoSize'] = $true

Import-Module $Manifest
. "$PSScriptRoot/Gateway.ps1"

function Get-Example([string] $Page) {
    $title = $code = $null
    foreach ($line in Get-Content -LiteralPath $Page -Encoding UTF8) {
        switch -Regex ($line) {
            '^### (Example .+)$' { $title = $Matches[1] }
            '^```powershell$' { $code = @(); continue }
            '^```$' { if ($null -ne $code) { [pscustomobject]@{ Title = $title; Code = $code -join "`n" } }; $code = $null }
            default { if ($null -ne $code) { $code += $line } }
        }
    }
}

function Initialize-Seed([string] $Folder, [string] $Samples) {
    $seedHome = Join-Path $Folder '.llamagate'
    $older = Join-Path $Work 'older'
    Copy-Item -LiteralPath (Join-Path $Samples 'summarize-text') -Destination $older -Recurse
    foreach ($file in 'manifest.yaml', 'extension.yaml') {
        $path = Join-Path $older $file
        [IO.File]::WriteAllText($path, [IO.File]::ReadAllText($path).Replace('1.2.0', '1.1.0'))
    }

    $null = Import-LlamaGatePackage (Join-Path $Samples '*') -HomePath (Join-Path $Work 'all') -NoRefresh -WarningAction Ignore |
        Export-LlamaGatePackage -Destination (Join-Path $Folder 'packages/')
    $feed = New-Item -ItemType Directory (Join-Path $Folder 'feed')
    $null = Publish-LlamaGatePackage (Join-Path $Folder 'packages/*.zip') -Repository $feed.FullName -HomePath (Join-Path $Work 'all') -WarningAction Ignore
    $null = Import-LlamaGatePackage $older, (Join-Path $Samples 'request-logger'), (Join-Path $Samples 'ticket-triage') -HomePath $seedHome -NoRefresh
    $null = New-Item -ItemType Directory (Join-Path $Folder 'extensions')
    foreach ($sample in 'request-logger', 'webhook-receiver') {
        Copy-Item -LiteralPath (Join-Path $Samples $sample) -Destination (Join-Path $Folder 'extensions') -Recurse
    }
}

# Whether PowerShell shows objects as a table of what Select-Object has left of them: no more than four properties.
function Test-PlainTable([object[]] $Shown) {
    $rows = @($Shown | Where-Object { $_.PSTypeNames[0] -like 'Selected.*' -and @($_.PSObject.Properties).Count -le 4 })
    $rows.Count -gt 0 -and $rows.Count -eq $Shown.Count
}

$seed = Join-Path $Work 'seed'
Initialize-Seed $seed $Samples
$gateway = Open-Gateway 200
$env:LLAMAGATE_API_KEY = $null

foreach ($page in Get-ChildItem -LiteralPath $Docs -Filter '*-LlamaGate*.md' | Sort-Object Name) {
    foreach ($example in Get-Example $page.FullName) {
        $user = Join-Path $Work 'user'
        Copy-Item -LiteralPath $seed -Destination $user -Recurse -Force
        Set-Location -LiteralPath $user
        (Get-PSProvider FileSystem).Home = $user
        $env:LLAMAGATE_HOME = Join-Path $user '.llamagate'
        $env:HOME = $env:USERPROFILE = $user
        $null = Sync-LlamaGateExtension
        Register-LlamaGateRepository shared ./feed

        # In a script of its own, so that what an example sets is gone with it. 80 columns, as help is read.
        $code = $example.Code.Replace('/home/user', $user).Replace('11435', $env:PORT)
        $ErrorActionPreference = 'Continue'
        Write-Output "#### $($page.BaseName): $($example.Title)"
        $shown = @(& ([scriptblock]::Create($code)))
        if (Test-PlainTable $shown) {
            $shown = $shown | Format-Table
        }

        $shown | Out-String -Width 80 | Write-Output
        $ErrorActionPreference = 'Stop'

        Set-Location -LiteralPath $Work
        Remove-Item -LiteralPath $user -Recurse -Force
    }
}

# PowerShell would wait for it for ever.
Close-Gateway $gateway
