Describe 'LlamaGate' {
    $cmdlets = (Import-PowerShellDataFile "$PSScriptRoot/../../src/LlamaGate.PowerShell/LlamaGate.psd1").CmdletsToExport | ForEach-Object { @{ Name = $_ } }

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
        Install-Extension alpha

        $shell = [powershell]::Create().AddScript('param($m) Import-Module $m; Get-LlamaGateExtension').AddArgument($manifest)
        try {
            $shell.Invoke().Id | Should -Be 'alpha'
        }
        finally {
            $shell.Dispose()
        }
    }
}
