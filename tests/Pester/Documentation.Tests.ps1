Describe 'The documentation' {
    $root = Split-Path (Split-Path $PSScriptRoot)

    # The blocks of PowerShell of a page, with the heading that each stands under.
    function Get-Block ([string] $Path) {
        $heading = $null
        $block = $null
        foreach ($line in Get-Content $Path -Encoding UTF8) {
            if ($null -ne $block) {
                if ($line -eq '```') {
                    @{ Page = Split-Path $Path -Leaf; Heading = $heading; Text = $block -join "`n" }
                    $block = $null
                }
                else {
                    $block += @($line)
                }
            }
            elseif ($line -eq '```powershell') {
                $block = @()
            }
            elseif ($line -match '^#+ (.+)$') {
                $heading = $Matches[1]
            }
        }
    }

    $readme = @(Get-Block "$root/README.md")
    $blocks = $readme + @(Get-ChildItem "$root/docs/*.md" | ForEach-Object { Get-Block $_.FullName })

    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'has a quick start and the walk-through of the specification' -ForEach @{ Headings = $readme.Heading } {
        $Headings | Should -Contain 'Quick start'
        $Headings | Should -Contain "The specification's walk-through"
    }

    It 'names tests of this suite that are there: <Page>, at least <Least>' -ForEach @(
        @{ Page = 'specification.md'; Least = 15 }
        @{ Page = 'gateway.md'; Least = 2 }
    ) {
        $names = [regex]::Matches([IO.File]::ReadAllText("$repository/docs/$Page"), '`([\w-]+\.Tests\.ps1)(?:: ([^`]+))?`')

        $names.Count | Should -BeGreaterOrEqual $Least
        foreach ($name in $names) {
            "$PSScriptRoot/$($name.Groups[1].Value)" | Should -Exist
            [IO.File]::ReadAllText("$PSScriptRoot/$($name.Groups[1].Value)").Contains("It '$($name.Groups[2].Value)") |
                Should -BeTrue -Because $name.Value
        }
    }

    Context 'README.md: <Heading>' -ForEach $readme {
        # In a folder that looks like a clone, in the folder of a user who has nothing yet, in a process of its own.
        It 'works word for word' {
            $user = (New-Item user -ItemType Directory).FullName
            $clone = (New-Item clone -ItemType Directory).FullName
            $null = New-Item "$clone/out" -ItemType Directory
            Copy-Item (Split-Path $manifest) "$clone/out" -Recurse
            Copy-Item "$repository/samples" $clone -Recurse
            $null = Initialize-Package my-extension -Folder "$clone/my-extension"
            $null = Initialize-Package legacy -Folder "$clone/extensions/legacy"
            # The suite runs after the build, so that command is looked at and not run. "~" is the user's folder on every system.
            @"
`$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
Set-Location '$clone'
(Get-PSProvider FileSystem).Home = '$user'
`$env:LLAMAGATE_HOME = '$user/.llamagate'
function dotnet { if ("`$args" -ne 'build -c Release') { throw "dotnet `$args" } }
Import-Module ./out/LlamaGate/LlamaGate.psd1
$Text
Get-LlamaGateExtension | Export-Clixml '$PWD/items.xml'
"@ | Set-Content script.ps1 -Encoding Ascii

            $output = Invoke-ChildShell -File script.ps1 2>&1

            $LASTEXITCODE | Should -Be 0 -Because "$output"
            $ids = switch -Wildcard ($Heading) {
                'Register-*' { '' }
                'Quick start' { 'ticket-triage', 'summarize-text' }
                'Write a package' { 'greeting' }
                default { 'legacy' }
            }
            @(Import-Clixml items.xml | ForEach-Object Id) -join ' ' | Should -Be ($ids -join ' ')
            @(Import-Clixml items.xml | ForEach-Object Enabled) | Should -Not -Contain $false
        }
    }

    It 'names commands and parameters that are there: <Page>, <Heading>' -ForEach $blocks {
        $errors = $null
        $tree = [Management.Automation.Language.Parser]::ParseInput($Text, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty

        foreach ($call in $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
            $name = $call.GetCommandName() -replace '^\./(?=samples/)', "$repository/"
            if ($name -like '*LlamaGate*') {
                $command = Get-Command $name
                $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] } |
                    ForEach-Object { $command.Parameters.Keys | Should -Contain $_.ParameterName }
            }
        }
    }
}
