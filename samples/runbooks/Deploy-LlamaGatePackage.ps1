#Requires -Version 5.1
#Requires -Modules LlamaGate
<#
.SYNOPSIS
    Brings a LlamaGate home to the state that a folder of packages describes. Never prompts, and can be run again at any time.
.DESCRIPTION
    The folder describes the desired state. Every package in it is checked before anything is changed. If a package cannot be used,
    nothing is changed. Then each package whose content is not installed yet is imported (an older version in the folder is a
    rollback), and items are enabled and disabled. With -Prune, items that are in no package are removed. A second run changes nothing.

    Each step is emitted as an object. The exit code is 0 if the home has the desired state, 1 if something failed, and 2 if nothing
    was changed because the folder or the home cannot be used.
.PARAMETER PackagePath
    The folder with the packages (*.zip), one for each item.
.PARAMETER Disabled
    The ids of the items to disable. All other items of the folder are enabled. Without this parameter, each item keeps its state.
.PARAMETER Prune
    Removes the installed items that are in no package of the folder.
.PARAMETER HomePath
    The LlamaGate home. The default is $env:LLAMAGATE_HOME, else .llamagate in the user's profile.
.PARAMETER LogPath
    A file to which each step is appended as a line of JSON. With -WhatIf, it is not written.
.EXAMPLE
    ./Deploy-LlamaGatePackage.ps1 -PackagePath ./packages -Prune -WhatIf

    Shows what would be imported and removed.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./Deploy-LlamaGatePackage.ps1 -PackagePath /srv/packages -Prune -LogPath /var/log/llamagate.jsonl

    Deploys from a scheduled job, which can check the exit code.
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

# The items in the packages, checked as an import checks them. Nothing is written.
function Get-DesiredItem ($Package) {
    $seen = @{}
    foreach ($file in $Package) {
        $item = Get-LlamaGatePackage -LiteralPath $file.FullName @quiet -ErrorVariable reason
        $key = if ($item) { "$($item.Type) $($item.Id)" }
        $problem = if (-not $item) {
            "$reason"
        }
        elseif ($seen[$key]) {
            "Another package contains $($item.Type) '$($item.Id)' as well."
        }

        if ($item) {
            $seen[$key] = $true
        }

        [pscustomobject]@{ File = $file.Name; Item = $item; Problem = $problem }
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

    # What shall be disabled is imported disabled, and the gateway is told last: it never sees a state that nobody wants.
    $changed = $false
    $failures = @()
    foreach ($group in $desired | Group-Object { $_.Item.Id -in $Disabled }) {
        $state = @{ Disabled = [bool]::Parse($group.Name) }
        $group.Group.File | ForEach-Object { Get-Item -LiteralPath (Join-Path $PackagePath $_) } |
            Import-LlamaGatePackage @store @state -NoRefresh -Confirm:$false @quiet -ErrorVariable +failures -WarningVariable warnings |
            ForEach-Object {
                $script:changed = $changed -or $_.Status -ne 'Unchanged'
                Write-Step $_.Status -Item $_ -Message $_.PreviousVersion
            }
        $warnings | ForEach-Object { Write-Step Imported -Level Warning -Message "$_" }
    }

    $installed = @(Get-LlamaGateExtension @store)
    if ($PSBoundParameters.ContainsKey('Disabled')) {
        $kept = @($installed | Where-Object { $wanted["$($_.Type) $($_.Id)"] })
        $kept | Where-Object { $_.Enabled -and $_.Id -in $Disabled } |
            Disable-LlamaGateExtension -PassThru -Confirm:$false @quiet -ErrorVariable +failures |
            ForEach-Object { $script:changed = $true; Write-Step Disabled -Item $_ }
        $kept | Where-Object { -not $_.Enabled -and $_.Id -notin $Disabled } |
            Enable-LlamaGateExtension -PassThru -Confirm:$false @quiet -ErrorVariable +failures |
            ForEach-Object { $script:changed = $true; Write-Step Enabled -Item $_ }
    }

    if ($Prune) {
        $installed | Where-Object { -not $wanted["$($_.Type) $($_.Id)"] } |
            Remove-LlamaGateExtension -PassThru -Confirm:$false @quiet -ErrorVariable +failures |
            ForEach-Object { $script:changed = $true; Write-Step Removed -Item $_ }
    }

    # No gateway that runs is normal: it reads the home when it starts.
    if ($changed) {
        $answer = Invoke-LlamaGateRefresh -Confirm:$false @quiet
        if ($answer.Status -in 'Rejected', 'Failed') {
            Write-Step Refreshed -Level Warning -Message $answer.Message
        }
    }

    $failures | ForEach-Object { Write-Step Failed -Level Error -Message "$_" }
    exit [int] ($failures.Count -gt 0)
}
catch {
    Write-Step Failed -Level Error -Message "$_"
    exit 2
}
