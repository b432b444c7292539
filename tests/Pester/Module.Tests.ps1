Describe 'LlamaGate' {
    # Every cmdlet and what it emits.
    $outputs = [ordered]@{
        'Compress-LlamaGatePackage'      = 'LlamaGate.ExportedPackage'
        'Disable-LlamaGateExtension'     = 'LlamaGate.InstalledItem'
        'Enable-LlamaGateExtension'      = 'LlamaGate.InstalledItem'
        'Export-LlamaGatePackage'        = 'LlamaGate.ExportedPackage'
        'Find-LlamaGatePackage'          = 'LlamaGate.Feeds.FeedPackage'
        'Get-LlamaGateBackup'            = 'LlamaGate.ItemBackup'
        'Get-LlamaGateExtension'         = 'LlamaGate.InstalledItem'
        'Get-LlamaGatePackage'           = 'LlamaGate.PackageDetails'
        'Get-LlamaGateRepository'        = 'LlamaGate.Feeds.PackageRepository'
        'Import-LlamaGatePackage'        = 'LlamaGate.ImportedItem'
        'Install-LlamaGatePackage'       = 'LlamaGate.ImportedItem'
        'Invoke-LlamaGateMigration'      = 'LlamaGate.MigratedItem'
        'Invoke-LlamaGateRefresh'        = 'LlamaGate.GatewayRefreshResult'
        'Invoke-LlamaGateStartup'        = 'LlamaGate.StartupReport'
        'New-LlamaGatePackage'           = 'LlamaGate.CreatedPackage'
        'Publish-LlamaGatePackage'       = 'LlamaGate.Feeds.PublishedPackage'
        'Register-LlamaGateRepository'   = 'LlamaGate.Feeds.PackageRepository'
        'Remove-LlamaGateExtension'      = 'LlamaGate.InstalledItem'
        'Restore-LlamaGateExtension'     = 'LlamaGate.ImportedItem'
        'Save-LlamaGatePackage'          = 'LlamaGate.Feeds.SavedPackage'
        'Sync-LlamaGateExtension'        = 'LlamaGate.SyncChange'
        'Test-LlamaGateExtension'        = 'LlamaGate.ItemIntegrity', 'System.Boolean'
        'Test-LlamaGateHome'             = 'LlamaGate.HomeFinding'
        'Test-LlamaGatePackage'          = 'LlamaGate.PackageTestResult', 'System.Boolean'
        'Unregister-LlamaGateRepository' = 'LlamaGate.Feeds.PackageRepository'
        'Update-LlamaGateExtension'      = 'LlamaGate.Feeds.PackageUpdate'
    }
    $cmdlets = @($outputs.Keys | ForEach-Object { @{ Name = $_; Output = $outputs[$_] } })

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
        (Get-Module -ListAvailable $manifest).ExportedCmdlets.Keys | Sort-Object | Should -Be ($Names | Sort-Object)
    }

    It 'says what <Name> emits' -ForEach $cmdlets {
        (Get-Command $Name).OutputType.Name | Should -Be $Output
    }

    It 'has -WhatIf and -Confirm of medium impact at <Name>' -ForEach ($cmdlets | Where-Object { $_.Name -notmatch '^(Find|Get|Test)-' }) {
        $command = Get-Command $Name

        $attribute = $command.ImplementingType.GetCustomAttributes($false) | Where-Object { $_ -is [Management.Automation.CmdletAttribute] }
        $attribute.SupportsShouldProcess, $attribute.ConfirmImpact | Should -Be $true, 'Medium'
        $command.Parameters.Keys | Should -Contain 'WhatIf'
        $command.Parameters.Keys | Should -Contain 'Confirm'
        $command.Parameters.ContainsKey('HomePath') |
            Should -Be ($Name -notin 'Invoke-LlamaGateRefresh', 'Compress-LlamaGatePackage', 'New-LlamaGatePackage')
    }

    It 'can be removed and imported again' -ForEach @{ Count = $cmdlets.Count } {
        Remove-Module LlamaGate
        Import-Module $manifest -PassThru | ForEach-Object Name | Should -Be 'LlamaGate'
        Get-LlamaGateExtension -ErrorAction Stop | Should -BeNullOrEmpty
        (Get-Module LlamaGate).ExportedCmdlets.Count | Should -Be $Count
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
