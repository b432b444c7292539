#Requires -Version 5.1
#Requires -Modules LlamaGate
<#
.SYNOPSIS
    Makes the registry of a LlamaGate home agree with the disk, and reports whether a person must check the home.
.DESCRIPTION
    Runs Sync-LlamaGateExtension, which also rebuilds a registry that cannot be read. Emits each change as an object, and a summary
    at the end. The exit code is 0 if the home is now consistent, 1 if a folder was skipped because it cannot be read as an item,
    and 2 if the home could not be repaired.
.PARAMETER HomePath
    The LlamaGate home. The default is $env:LLAMAGATE_HOME, else .llamagate in the user's profile.
.PARAMETER LogPath
    A file to which each step is appended as a line of JSON. With -WhatIf, it is not written.
.EXAMPLE
    ./Repair-LlamaGateHome.ps1 -LogPath /var/log/llamagate.jsonl

    The command of a scheduled job.
.OUTPUTS
    An object for each step: Time, Level, Action, Type, Id, Version, Message.
#>
[CmdletBinding(SupportsShouldProcess)]
[OutputType([pscustomobject])]
param(
    [string] $HomePath,

    [string] $LogPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$log = if ($LogPath) { $PSCmdlet.GetUnresolvedProviderPathFromPSPath($LogPath) }
$store = if ($HomePath) { @{ HomePath = $HomePath } } else { @{} }

function Write-Step ([string] $Action, $Item, [string] $Message, [string] $Level = 'Information') {
    $step = [pscustomobject]@{
        Time    = [DateTime]::UtcNow.ToString('o')
        Level   = $Level
        Action  = $Action
        Type    = if ($Item) { $Item.Type }
        Id      = if ($Item) { $Item.Id }
        Version = if ($Item) { $Item.Version }
        Message = $Message
    }
    if ($log -and -not $WhatIfPreference) {
        [IO.File]::AppendAllText($log, (ConvertTo-Json $step -Compress) + "`n")
    }

    $step
}

try {
    $changes = @(Sync-LlamaGateExtension @store -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue)
    $warnings | ForEach-Object { Write-Step Synchronized -Level Warning -Message "$_" }
    foreach ($change in $changes) {
        $level = if ($change.Status -eq 'Skipped') { 'Error' } else { 'Information' }
        Write-Step $change.Status -Level $level -Item $change -Message $change.Reason
    }

    $skipped = @($changes | Where-Object Status -EQ 'Skipped').Count
    if (-not $WhatIfPreference) {
        $items = @(Get-LlamaGateExtension @store)
        $enabled = @($items | Where-Object Enabled).Count
        $repaired = $changes.Count - $skipped
        Write-Step Summary -Message "$($items.Count) items, $enabled enabled, $repaired repaired, $skipped skipped"
    }

    exit [int] ($skipped -gt 0)
}
catch {
    Write-Step Failed -Level Error -Message "$_"
    exit 2
}
