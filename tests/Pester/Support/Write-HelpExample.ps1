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

Import-Module $Manifest

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

function Open-Gateway {
    $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $port = $probe.LocalEndpoint.Port
    $probe.Stop()

    $listener = [Net.HttpListener]::new()
    $listener.Prefixes.Add("http://localhost:$port/")
    $listener.Start()
    $serve = {
        param($listener)
        while ($listener.IsListening) { $listener.GetContext().Response.Close() }
    }

    $server = [PowerShell]::Create().AddScript($serve).AddArgument($listener)
    $null = $server.BeginInvoke()
    [pscustomobject]@{ Port = $port; Listener = $listener }
}

$seed = Join-Path $Work 'seed'
Initialize-Seed $seed $Samples
$gateway = Open-Gateway
$env:PORT = $gateway.Port
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

        # In a script of its own, so that what an example sets is gone with it. Collected before it is shown: PowerShell makes columns as
        # wide as the objects of the first 300 ms need. 80 columns, as help is read.
        $code = $example.Code.Replace('/home/user', $user).Replace('11435', $gateway.Port)
        $ErrorActionPreference = 'Continue'
        Write-Output "#### $($page.BaseName): $($example.Title)"
        $shown = @(& ([scriptblock]::Create($code)))
        $shown | Out-String -Width 80 | Write-Output
        $ErrorActionPreference = 'Stop'

        Set-Location -LiteralPath $Work
        Remove-Item -LiteralPath $user -Recurse -Force
    }
}

# PowerShell would wait for it for ever.
$gateway.Listener.Stop()
