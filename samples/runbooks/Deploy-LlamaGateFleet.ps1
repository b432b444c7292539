#Requires -Version 5.1
<#
.SYNOPSIS
    Imports a folder of packages on many hosts that reach no feed and no share, through PowerShell remoting.
.DESCRIPTION
    Copies the packages to each host through its session, imports them there, on several hosts at the same time, and deletes the
    copies. Emits one object for each session, with the items as the cmdlets on the host emitted them. A host that fails does not
    stop the others. The hosts need the LlamaGate module; this machine does not. The exit code is 0 if every host has all packages,
    else 1.

    Hosts that reach a feed or a share do not need this script: run Install-LlamaGatePackage or Update-LlamaGateExtension on them
    with Invoke-Command, or give them a DSC document.
.PARAMETER Session
    The sessions, from New-PSSession over WinRM or SSH. They stay open.
.PARAMETER PackagePath
    The folder with the packages (*.zip).
.PARAMETER ThrottleLimit
    The maximum number of hosts that import at the same time.
.EXAMPLE
    $sessions = New-PSSession -HostName (Get-Content ./hosts.txt) -UserName deploy
    ./Deploy-LlamaGateFleet.ps1 -Session $sessions -PackagePath ./packages | Where-Object Succeeded -EQ $false
    $sessions | Remove-PSSession

    Deploys over SSH and shows the hosts that failed.
.EXAMPLE
    ./Deploy-LlamaGateFleet.ps1 $sessions ./packages | ForEach-Object { $_ | ConvertTo-Json -Depth 3 -Compress } | Add-Content ./fleet.jsonl

    Logs the result of each host as a line of JSON, as soon as the host is done.
.OUTPUTS
    An object for each session: Time, ComputerName, SessionId, Succeeded, Items, Errors.
#>
[CmdletBinding(SupportsShouldProcess)]
[OutputType([pscustomobject])]
param(
    [Parameter(Mandatory, Position = 0)]
    [System.Management.Automation.Runspaces.PSSession[]] $Session,

    [Parameter(Mandatory, Position = 1)]
    [string] $PackagePath,

    [ValidateRange(1, 10000)]
    [int] $ThrottleLimit = 32
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$packages = @(Get-ChildItem -LiteralPath $PackagePath -Filter *.zip -File | Sort-Object Name)
if (-not $packages) {
    throw "There are no packages (*.zip) in '$PackagePath'."
}

# The key is the instance id of the session, which every returned object carries: several sessions can be to the same host.
$outcomes = @{}
$ready = foreach ($target in $Session) {
    if (-not $PSCmdlet.ShouldProcess($target.ComputerName, "Import $($packages.Count) packages")) {
        continue
    }

    $outcomes[$target.InstanceId] = @{ Items = @(); Errors = @() }
    try {
        Write-Progress -Activity 'Copying packages' -Status $target.ComputerName
        # This variable stays in the session, and the import below uses it.
        $incoming = Invoke-Command -Session $target {
            $incoming = Join-Path ([IO.Path]::GetTempPath()) "llamagate-$([guid]::NewGuid())"
            (New-Item $incoming -ItemType Directory).FullName
        }
        Copy-Item -LiteralPath $packages.FullName -ToSession $target -Destination $incoming
        $target
    }
    catch {
        $outcomes[$target.InstanceId].Errors += "$_"
    }
}

function Write-Result ($Target) {
    $outcome = $outcomes[$Target.InstanceId]
    [pscustomobject]@{
        Time         = [DateTime]::UtcNow.ToString('o')
        ComputerName = $Target.ComputerName
        SessionId    = $Target.Id
        Succeeded    = $outcome.Errors.Count -eq 0
        Items        = $outcome.Items
        Errors       = $outcome.Errors
    }
}

# A host that is lost keeps its job waiting until the connection gives up. The others are reported meanwhile, each as it ends.
$Session | Where-Object { $outcomes[$_.InstanceId] -and $outcomes[$_.InstanceId].Errors } | ForEach-Object { Write-Result $_ }
if ($ready) {
    $import = {
        try {
            Import-Module LlamaGate -ErrorAction Stop
            Get-ChildItem -LiteralPath $incoming -Filter *.zip | Import-LlamaGatePackage -Confirm:$false
        }
        finally {
            Remove-Item -LiteralPath $incoming -Recurse -Force
        }
    }
    $targets = @($ready)
    $job = Invoke-Command -Session $targets -ThrottleLimit $ThrottleLimit -ScriptBlock $import -AsJob
    $waiting = [Collections.Generic.List[int]] @(0..($targets.Count - 1))
    while ($waiting.Count) {
        $names = ($waiting | ForEach-Object { $targets[$_].ComputerName }) -join ', '
        Write-Progress -Activity 'Importing packages' -Status "Waiting for $names" -PercentComplete (
            100 * ($targets.Count - $waiting.Count) / $targets.Count)
        $null = Wait-Job -Job @($waiting | ForEach-Object { $job.ChildJobs[$_] }) -Any -Timeout 1
        foreach ($index in @($waiting | Where-Object { $job.ChildJobs[$_].State -notin 'NotStarted', 'Running' })) {
            $null = $waiting.Remove($index)
            $outcome = $outcomes[$targets[$index].InstanceId]
            $outcome.Items = @(Receive-Job -Job $job.ChildJobs[$index] -ErrorAction SilentlyContinue -ErrorVariable failures)
            $outcome.Errors += @($failures | ForEach-Object { "$_" })
            if (-not $outcome.Errors -and $job.ChildJobs[$index].State -ne 'Completed') {
                $outcome.Errors += "The host was lost: $($job.ChildJobs[$index].JobStateInfo.Reason)"
            }

            Write-Result $targets[$index]
        }
    }

    Write-Progress -Activity 'Importing packages' -Completed
    Remove-Job $job -Force
}

exit [int] (@($outcomes.Values | Where-Object { $_.Errors.Count }).Count -gt 0)
