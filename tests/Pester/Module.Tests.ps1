BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile "$PSScriptRoot/../../LlamaGate.psd1").CmdletsToExport | ForEach-Object { @{ Name = $_ } }
}

Describe 'LlamaGate' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'is tested in strict mode' {
        { $nothing.Of.It } | Should -Throw -ErrorId 'VariableIsUndefined'
    }

    It 'has a manifest that holds' {
        $module = Test-ModuleManifest $manifest

        $module.Version | Should -Be (Get-Module LlamaGate).Version
        $module.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
    }

    It 'exports its cmdlets and nothing else' -ForEach @{ Names = $cmdlets.Name } {
        (Get-Command -Module LlamaGate).Name | Sort-Object | Should -Be ($Names | Sort-Object)
        Get-Command -Module LlamaGate | ForEach-Object CommandType | Select-Object -Unique | Should -Be 'Cmdlet'
    }

    It 'can be removed and imported again' {
        Remove-Module LlamaGate
        Import-Module $manifest -PassThru | ForEach-Object Name | Should -Be 'LlamaGate'
        Get-LlamaGateExtension | Should -BeNullOrEmpty
    }

    It 'can be imported with -Force, and in another runspace' {
        Import-Module $manifest -Force
        Install-Package alpha

        $shell = [powershell]::Create().AddScript('param($m) Import-Module $m; Get-LlamaGateExtension').AddArgument($manifest)
        try {
            $shell.Invoke().Id | Should -Be 'alpha'
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'has an about topic' {
        Get-Help about_LlamaGate | Out-String | Should -BeLike '*llamagate*'
    }

    Context '<Name>' -ForEach $cmdlets {
        BeforeAll {
            $command = Get-Command $Name
            $help = Get-Help $Name -Full
            $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
            $parameters = $command.Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
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
            $command.OutputType.Name | Should -BeLike 'LlamaGate.*'
        }

        It 'asks before it changes anything' -Skip:($Name -like 'Get-*') {
            $command.Parameters.Keys | Should -Contain 'WhatIf'
            $command.Parameters.Keys | Should -Contain 'Confirm'
        }
    }
}
