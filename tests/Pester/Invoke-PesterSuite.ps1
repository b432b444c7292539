<#
.SYNOPSIS
    Runs the suite and writes the result of each test to a file: a JSON array of objects with Name, Result and Message.
#>
[CmdletBinding()]
param(
    # The manifest of the Pester to run.
    [Parameter(Mandatory)]
    [string] $Pester,

    # The file to write.
    [Parameter(Mandatory)]
    [string] $ResultPath,

    # The names of the test files to run, separated by commas, such as 'Import-*,Help'.
    [string] $Name = '*'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module $Pester
$settings = New-PesterConfiguration
$settings.Run.Path = @($Name -split ',' | ForEach-Object { (Get-ChildItem "$PSScriptRoot/$_.Tests.ps1").FullName })
$settings.Run.PassThru = $true
$settings.Output.Verbosity = 'Detailed'
$run = Invoke-Pester -Configuration $settings

function ConvertTo-Message ($ErrorRecord) {
    ($ErrorRecord | ForEach-Object { "$_`n$($_.ScriptStackTrace)" }) -join "`n"
}

# A file or a block that fails outside its tests counts as a failed test: the tests in it may not have been found.
$results = @(
    foreach ($test in $run.Tests) {
        $file = Split-Path $test.ScriptBlock.File -Leaf
        @{ Name = "$($file): $($test.ExpandedPath)"; Result = "$($test.Result)"; Message = ConvertTo-Message $test.ErrorRecord }
    }

    foreach ($container in $run.FailedContainers) {
        @{ Name = "$($container.Item)"; Result = 'Failed'; Message = ConvertTo-Message $container.ErrorRecord }
    }

    foreach ($block in $run.FailedBlocks) {
        @{ Name = "$($block.ExpandedPath) (block)"; Result = 'Failed'; Message = ConvertTo-Message $block.ErrorRecord }
    }
)
[IO.File]::WriteAllText($ResultPath, (ConvertTo-Json $results))
