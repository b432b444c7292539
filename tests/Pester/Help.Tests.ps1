Describe 'Get-Help' {
    $cmdlets = (Import-PowerShellDataFile "$PSScriptRoot/../../src/LlamaGate.PowerShell/LlamaGate.psd1").CmdletsToExport | ForEach-Object { @{ Name = $_ } }

    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    It 'shows about_LlamaGate' {
        Get-Help about_LlamaGate | Out-String | Should -BeLike '*llamagate*'
    }

    Context '<Name>' -ForEach $cmdlets {
        BeforeAll {
            $script:command = Get-Command $Name
            $script:help = Get-Help $Name -Full
            $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
            $script:parameters = $command.Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
        }

        It 'says in its help what it does' {
            $help.Synopsis.Trim() | Should -Not -BeNullOrEmpty
            $help.Synopsis.Trim() | Should -Not -BeLike "$Name*"
            $help.Description | Out-String | Should -Not -BeNullOrEmpty
        }

        It 'has at least three examples, one of them with a pipeline and one with -WhatIf' {
            @($help.Examples.Example).Count | Should -BeGreaterOrEqual 3
            $help.Examples.Example | ForEach-Object { $_.Code | Should -BeLike "*$Name*" }
            $help.Examples.Example.Code -like '*|*' | Should -Not -BeNullOrEmpty
            $help.Examples.Example.Code -like '*-WhatIf*' | Should -Not -BeNullOrEmpty
        }

        It 'explains each parameter' {
            foreach ($parameter in $parameters) {
                (Get-Help $Name -Parameter $parameter).Description | Out-String | Should -Not -BeNullOrEmpty -Because "-$parameter"
            }
        }

        It 'says what it takes, what is worth knowing and where to read more' {
            $help.InputTypes | Out-String | Should -Not -BeNullOrEmpty
            $help.AlertSet | Out-String | Should -Not -BeNullOrEmpty
            $page = "$((Get-Module LlamaGate).ProjectUri)/blob/main/docs/$Name.md"
            $command.HelpUri | Should -Be $page
            @($help.RelatedLinks.NavigationLink)[0].Uri | Should -Be $page
        }
    }
}
