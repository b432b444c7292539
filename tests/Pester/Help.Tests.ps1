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
            $help.Synopsis.Trim() | Should -Not -BeLike "$Name*"
            $help.Description | Out-String | Should -Not -BeNullOrEmpty
        }

        It 'has at least three examples' {
            @($help.Examples.Example).Count | Should -BeGreaterOrEqual 3
            $help.Examples.Example | ForEach-Object { $_.Code | Should -BeLike "*$Name*" }
        }

        It 'explains each parameter' {
            foreach ($parameter in $parameters) {
                (Get-Help $Name -Parameter $parameter).Description | Out-String | Should -Not -BeNullOrEmpty -Because "-$parameter"
            }
        }

        It 'says what it takes, what it gives and where to read more' {
            $help.InputTypes | Out-String | Should -Not -BeNullOrEmpty
            $help.ReturnValues | Out-String | Should -BeLike '*LlamaGate.*'
            $command.HelpUri | Should -Match '^https://'
        }

        It 'says what type it emits' {
            @($command.OutputType.Name)[0] | Should -BeLike 'LlamaGate.*'
        }
    }

    It 'would find -WhatIf and -Confirm at <Name>' -ForEach ($cmdlets | Where-Object { $_.Name -notmatch '^(Find|Get|Test)-' }) {
        $switches = (Get-Command $Name).Parameters.Keys

        $switches | Should -Contain 'WhatIf'
        $switches | Should -Contain 'Confirm'
    }
}
