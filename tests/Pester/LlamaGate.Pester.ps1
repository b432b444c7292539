<#
.SYNOPSIS
    What every test file begins with: the staged module, and a folder, a home and an environment of its own for each test.
.DESCRIPTION
    Describe 'Verb-Noun' {
        BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
        BeforeEach { Enter-TestFolder }
        AfterAll { Exit-TestFolder }
    }

    A test runs in an empty folder of TestDrive: and finds its home, which is not there yet, in $env:LLAMAGATE_HOME. Nobody listens
    on $env:PORT. Texts are ASCII, so that Windows PowerShell writes the same files as PowerShell.
#>

Set-StrictMode -Version Latest

$script:repository = Split-Path (Split-Path $PSScriptRoot)
$script:manifest = Join-Path $repository 'out/LlamaGate/LlamaGate.psd1'
if (-not (Test-Path $manifest)) {
    throw "There is no staged module: build it with 'dotnet build' or ./build.ps1."
}

Import-Module $manifest
. "$PSScriptRoot/Support/Gateway.ps1"

# The folder of an extension, or with -Module of an agentic module, as its author has it.
function Initialize-Package ([string] $Id, [string] $Version = '1.0.0', [switch] $Module, [switch] $Disabled, [string] $Folder = $Id) {
    $name, $lines = if ($Module) {
        'agenticmodule.yaml', @('steps:', '  - extension: summary')
    }
    else {
        'manifest.yaml', @('type: workflow', "enabled: $("$(-not $Disabled)".ToLowerInvariant())", 'steps:', '  - uses: llm.chat')
    }

    $null = New-Item "$Folder/prompts" -ItemType Directory -Force
    @("name: $Id", "version: $Version", 'description: A package of the tests') + $lines |
        Set-Content -LiteralPath "$Folder/$name" -Encoding Ascii
    "Hello from $Id $Version" | Set-Content -LiteralPath "$Folder/prompts/greeting.txt" -Encoding Ascii
    Get-Item -LiteralPath $Folder
}

# The same as <id>-<version>.zip, made as people make it.
function Compress-Package ([string] $Id, [string] $Version = '1.0.0', [switch] $Module, [switch] $Disabled) {
    $folder = Initialize-Package $Id $Version -Module:$Module -Disabled:$Disabled -Folder "$TestDrive/sources/$([guid]::NewGuid())"
    Compress-Archive -Path "$($folder.FullName)/*" -DestinationPath "$Id-$Version.zip" -Force
    Get-Item -LiteralPath "$Id-$Version.zip"
}

function Install-Extension ([string[]] $Id) {
    $Id | ForEach-Object { Initialize-Package $_ -Folder "from/$_" } | Import-LlamaGatePackage | Out-Null
    Remove-Folder from
}

# Under Wine, Remove-Item -Recurse finds now and then that a folder is not empty whose files it has just deleted.
function Remove-Folder {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Path)

    if ($PSCmdlet.ShouldProcess($Path)) {
        [IO.Directory]::Delete((Convert-Path -LiteralPath $Path), $true)
    }
}

# Holds the home as another process does that changes it, until what it returns is disposed.
function Lock-Home {
    [IO.File]::Open("$env:LLAMAGATE_HOME/registry/store.lock", 'OpenOrCreate', 'ReadWrite', 'None')
}

# Runs this PowerShell once more, in a process of its own; with -Unprivileged without what only root may do. Where it is installed as a
# .NET tool, its process is dotnet's.
function Invoke-ChildShell ([switch] $Unprivileged) {
    $rights = '-dac_override,-dac_read_search'
    $program = @(if ($Unprivileged -and (id -u) -eq '0') { 'setpriv', '--inh-caps', $rights, '--bounding-set', $rights })
    $program += (Get-Process -Id $PID).Path
    if ([IO.Path]::GetFileNameWithoutExtension($program[-1]) -eq 'dotnet') {
        $program += Join-Path $PSHOME 'pwsh.dll'
    }

    $name, [string[]] $words = $program
    & $name @words -NoProfile -NonInteractive @args
}

# Every file and folder below a path with its size, time and hash: equal texts mean that nothing was written.
function Get-Snapshot ([string] $Path) {
    $items = Get-ChildItem -LiteralPath $Path -Recurse -Force | Sort-Object FullName | ForEach-Object {
        $hash = if (-not $_.PSIsContainer) { (Get-FileHash -LiteralPath $_.FullName).Hash }
        '{0} {1:o} {2}' -f $_.FullName, $_.LastWriteTimeUtc, $hash
    }

    $items -join "`n"
}

# What the engine shows of an error of a cmdlet.
function Get-ErrorId ([string] $Name, [string] $Cmdlet) {
    "$Name,$((Get-Command $Cmdlet).ImplementingType.FullName)"
}

$script:environment = @{}
foreach ($name in 'LLAMAGATE_HOME', 'LLAMAGATE_API_KEY', 'PORT') {
    $environment[$name] = [Environment]::GetEnvironmentVariable($name)
}

function Enter-TestFolder {
    $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
    Set-Location -LiteralPath $folder
    $env:LLAMAGATE_HOME = Join-Path $folder 'home'
    $env:LLAMAGATE_API_KEY = $null
    $env:PORT = '1'
}

function Exit-TestFolder {
    Pop-Location -StackName LlamaGate.Pester
    foreach ($name in $environment.Keys) {
        [Environment]::SetEnvironmentVariable($name, $environment[$name])
    }
}

# From here on nothing can reach the user's own home, also where a test forgets to enter its folder.
Push-Location -StackName LlamaGate.Pester
Enter-TestFolder
