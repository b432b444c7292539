#Requires -Version 5.1
#Requires -Modules LlamaGate
<#
.SYNOPSIS
    Makes a LlamaGate home hold what a folder of packages says. Asks nobody, and can be run again at any time.
.DESCRIPTION
    The folder is the desired state. Every package in it is checked before anything is touched, and if one of them cannot be used,
    nothing is. Then each package whose content is not installed yet is imported (an older version in the folder is a rollback),
    items are enabled and disabled, and with -Prune whatever no package brings is removed. A second run changes nothing.

    Each step is emitted as an object. The exit code is 0 when the home is as it should be, 1 when something failed, and 2 when
    nothing was touched because the folder or the home cannot be used.
.PARAMETER PackagePath
    The folder with the packages (*.zip), one for each item.
.PARAMETER Disabled
    The ids of the items that shall be disabled; all others of the folder are enabled. Without it each item keeps its state.
.PARAMETER Prune
    Removes the installed items that no package of the folder brings.
.PARAMETER HomePath
    The LlamaGate home; without it $env:LLAMAGATE_HOME, else .llamagate in the user's profile.
.PARAMETER LogPath
    A file that gets each step as a line of JSON. With -WhatIf it is not written.
.EXAMPLE
    ./Deploy-LlamaGatePackage.ps1 -PackagePath ./packages -Prune -WhatIf

    Shows what would be imported and removed.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./Deploy-LlamaGatePackage.ps1 -PackagePath /srv/packages -Prune -LogPath /var/log/llamagate.jsonl

    Deploys from a scheduled job, which sees the exit code.
.OUTPUTS
    An object for each step: Time, Level, Action, Type, Id, Version, Message.
#>
[CmdletBinding(SupportsShouldProcess)]
[OutputType([pscustomobject])]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $PackagePath,

    [AllowEmptyCollection()]
    [string[]] $Disabled,

    [switch] $Prune,

    [string] $HomePath,

    [string] $LogPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$log = if ($LogPath) { $PSCmdlet.GetUnresolvedProviderPathFromPSPath($LogPath) }
$store = if ($HomePath) { @{ HomePath = $HomePath } } else { @{} }
$quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }

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

# What the packages bring, learned by importing them into a home that is thrown away: the real one stays as it is, also with -WhatIf.
function Get-DesiredItem ($Package) {
    $scratch = Join-Path ([IO.Path]::GetTempPath()) "llamagate-$([guid]::NewGuid())"
    try {
        foreach ($file in $Package) {
            $item = $file |
                Import-LlamaGatePackage -HomePath $scratch -NoRefresh -WhatIf:$false -Confirm:$false @quiet -ErrorVariable reason
            $problem = if (-not $item) {
                "$reason"
            }
            elseif ($item.Status -ne 'Installed') {
                "Another package brings $($item.Type) '$($item.Id)' too."
            }

            [pscustomobject]@{ File = $file.Name; Item = $item; Problem = $problem }
        }
    }
    finally {
        Remove-Item -LiteralPath $scratch -Recurse -Force -WhatIf:$false -Confirm:$false -ErrorAction Ignore
    }
}

try {
    $packages = @(Get-ChildItem -LiteralPath $PackagePath -Filter *.zip -File | Sort-Object Name)
    if (-not $packages) {
        throw "There are no packages (*.zip) in '$PackagePath'. To remove everything, use Remove-LlamaGateExtension."
    }

    $desired = @(Get-DesiredItem $packages)
    $unusable = @($desired | Where-Object Problem)
    foreach ($package in $unusable) {
        Write-Step Refused -Level Error -Item $package.Item -Message "$($package.File): $($package.Problem)"
    }

    if ($unusable) {
        exit 2
    }

    $wanted = @{}
    foreach ($package in $desired) {
        $wanted["$($package.Item.Type) $($package.Item.Id)"] = $true
    }

    $packages | Import-LlamaGatePackage @store -Confirm:$false @quiet -ErrorVariable failures -WarningVariable warnings |
        ForEach-Object { Write-Step $_.Status -Item $_ -Message $_.PreviousVersion }
    $warnings | ForEach-Object { Write-Step Imported -Level Warning -Message "$_" }

    $installed = @(Get-LlamaGateExtension @store)
    if ($PSBoundParameters.ContainsKey('Disabled')) {
        $kept = @($installed | Where-Object { $wanted["$($_.Type) $($_.Id)"] })
        $kept | Where-Object { $_.Enabled -and $_.Id -in $Disabled } |
            Disable-LlamaGateExtension -PassThru -Confirm:$false @quiet -ErrorVariable +failures |
            ForEach-Object { Write-Step Disabled -Item $_ }
        $kept | Where-Object { -not $_.Enabled -and $_.Id -notin $Disabled } |
            Enable-LlamaGateExtension -PassThru -Confirm:$false @quiet -ErrorVariable +failures |
            ForEach-Object { Write-Step Enabled -Item $_ }
    }

    if ($Prune) {
        $installed | Where-Object { -not $wanted["$($_.Type) $($_.Id)"] } |
            Remove-LlamaGateExtension -PassThru -Confirm:$false @quiet -ErrorVariable +failures |
            ForEach-Object { Write-Step Removed -Item $_ }
    }

    $failures | ForEach-Object { Write-Step Failed -Level Error -Message "$_" }
    exit [int] ($failures.Count -gt 0)
}
catch {
    Write-Step Failed -Level Error -Message "$_"
    exit 2
}
