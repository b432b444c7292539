#Requires -Version 5.1
#Requires -Modules LlamaGate
<#
.SYNOPSIS
    Exports all enabled items of a LlamaGate home into a dated folder with a list of hashes, and keeps the newest of these folders.
.DESCRIPTION
    The name of the folder is the time (UTC). It contains <type>/<id>-<version>.zip for each item and SHA256SUMS, which
    'sha256sum -c' checks. The folder gets its name only when it is complete. A failed run leaves a folder whose name ends with
    '.incomplete', and deletes nothing.

    Each step is emitted as an object. The exit code is 0 if everything was exported, else 1.
.PARAMETER Destination
    The folder for the backups. It is created if it does not exist.
.PARAMETER Keep
    The number of backups to keep, including the new one.
.PARAMETER IncludeDisabled
    Exports disabled items as well. A package does not contain the state of its item.
.PARAMETER HomePath
    The LlamaGate home. The default is $env:LLAMAGATE_HOME, else .llamagate in the user's profile.
.PARAMETER LogPath
    A file to which each step is appended as a line of JSON. With -WhatIf, it is not written.
.EXAMPLE
    ./Backup-LlamaGateExtension.ps1 -Destination /backup/llamagate -Keep 14 -LogPath /var/log/llamagate.jsonl

    The command of a nightly job.
.EXAMPLE
    Get-ChildItem /backup/llamagate/20260131-020000-000 -Recurse -Filter *.zip | Import-LlamaGatePackage

    Restores everything from a backup.
.OUTPUTS
    An object for each step: Time, Level, Action, Type, Id, Version, Path, Message.
#>
[CmdletBinding(SupportsShouldProcess)]
[OutputType([pscustomobject])]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Destination,

    [ValidateRange(1, 10000)]
    [int] $Keep = 7,

    [switch] $IncludeDisabled,

    [string] $HomePath,

    [string] $LogPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$log = if ($LogPath) { $PSCmdlet.GetUnresolvedProviderPathFromPSPath($LogPath) }
$store = if ($HomePath) { @{ HomePath = $HomePath } } else { @{} }

function Write-Step ([string] $Action, $Item, [string] $Path, [string] $Message, [string] $Level = 'Information') {
    $step = [pscustomobject]@{
        Time    = [DateTime]::UtcNow.ToString('o')
        Level   = $Level
        Action  = $Action
        Type    = if ($Item) { $Item.Type }
        Id      = if ($Item) { $Item.Id }
        Version = if ($Item) { $Item.Version }
        Path    = $Path
        Message = $Message
    }
    if ($log -and -not $WhatIfPreference) {
        [IO.File]::AppendAllText($log, (ConvertTo-Json $step -Compress) + "`n")
    }

    $step
}

try {
    $root = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Destination)
    $backup = Join-Path $root ([DateTime]::UtcNow.ToString('yyyyMMdd-HHmmss-fff'))
    $items = @(Get-LlamaGateExtension @store -Enabled:(-not $IncludeDisabled))
    if (-not $PSCmdlet.ShouldProcess($backup, "Export $($items.Count) items")) {
        exit 0
    }

    $unfinished = (New-Item "$backup.incomplete" -ItemType Directory -Force).FullName
    $failures = @()
    $sums = foreach ($item in $items) {
        # An extension and an agentic module may share id and version, so each type has a folder.
        $folder = "$(Join-Path $unfinished $item.Type)/"
        $package = $item |
            Export-LlamaGatePackage -Destination $folder -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable +failures
        if ($package) {
            '{0}  {1}/{2}' -f $package.Sha256, $item.Type, (Split-Path $package.Path -Leaf)
        }
    }

    [IO.File]::WriteAllText((Join-Path $unfinished 'SHA256SUMS'), (@($sums) -join "`n") + "`n")
    if ($failures) {
        $failures | ForEach-Object { Write-Step Failed -Level Error -Path $unfinished -Message "$_" }
        exit 1
    }

    [IO.Directory]::Move($unfinished, $backup)
    foreach ($item in $items) {
        Write-Step Exported -Item $item -Path $backup
    }

    Get-ChildItem -LiteralPath $root -Directory | Where-Object Name -Match '^\d{8}-\d{6}-\d{3}$' | Sort-Object Name -Descending |
        Select-Object -Skip $Keep | ForEach-Object {
            Remove-Item -LiteralPath $_.FullName -Recurse -Force -Confirm:$false
            Write-Step Deleted -Path $_.FullName -Message "There are more than $Keep backups."
        }

    exit 0
}
catch {
    Write-Step Failed -Level Error -Message "$_"
    exit 1
}
