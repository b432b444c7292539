# The specification's commands in its own order, under its own headings, as PowerShell has them.
Describe 'The specification''s walk-through' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'creates, imports, lists, exports, shares, switches, repairs and removes an extension' {
        # Creating an Extension Package
        $null = New-Item my-extension -ItemType Directory
        Set-Content my-extension/manifest.yaml -Encoding Ascii @'
name: my-extension
version: 1.0.0
description: My awesome extension
type: workflow
enabled: true
steps:
  - uses: llm.chat
'@
        Set-Content my-extension/extension.yaml -Encoding Ascii @'
id: my-extension
name: My Extension
version: 1.0.0
description: My awesome extension
enabled_default: true
hot_reload: true
'@
        Compress-Archive my-extension/* my-extension.zip

        # Import
        $item = Import-LlamaGatePackage my-extension.zip -Type Extension
        $item.Id, $item.Name, $item.Status, $item.Enabled | Should -Be 'my-extension', 'My Extension', 'Installed', $true
        (Import-LlamaGatePackage my-extension.zip).Status | Should -Be 'Unchanged'

        # List
        $shown = Get-LlamaGateExtension -Type Extension
        $shown.Name, $shown.Version, $shown.Enabled, $shown.Id | Should -Be 'My Extension', '1.0.0', $true, 'my-extension'
        $shown.Path | Should -Be (Get-Item "$env:LLAMAGATE_HOME/extensions/installed/my-extension").FullName
        Get-LlamaGateExtension -Type AgenticModule | Should -BeNullOrEmpty

        # Export
        $package = Export-LlamaGatePackage my-extension -Destination my-extension-v1.0.0.zip
        Expand-Archive $package.Path exported
        (Get-ChildItem exported).Name | Sort-Object | Should -Be 'checksums.txt', 'extension.yaml', 'manifest.yaml'

        # Sharing Extensions: Import (on other system)
        (Import-LlamaGatePackage my-extension-v1.0.0.zip -HomePath other-system).Status | Should -Be 'Installed'

        # Enable/Disable
        Disable-LlamaGateExtension my-extension
        (Get-LlamaGateExtension my-extension).Enabled | Should -BeFalse
        Enable-LlamaGateExtension my-extension
        (Get-LlamaGateExtension my-extension).Enabled | Should -BeTrue

        # Registry Issues: delete installed.json, run sync
        Remove-Item "$env:LLAMAGATE_HOME/registry/installed.json"
        (Sync-LlamaGateExtension).Status | Should -Be 'Added'

        # Remove
        Remove-LlamaGateExtension my-extension
        Get-LlamaGateExtension | Should -BeNullOrEmpty
        "$env:LLAMAGATE_HOME/extensions/installed/my-extension" | Should -Not -Exist
    }

    It 'does the same with an agentic module' {
        $null = Compress-Package my-module -Module

        (Import-LlamaGatePackage my-module-1.0.0.zip -Type AgenticModule).Type | Should -Be 'AgenticModule'
        (Get-LlamaGateExtension -Type AgenticModule).Id | Should -Be 'my-module'
        (Export-LlamaGatePackage my-module -Destination my-module.zip).FileCount | Should -Be 2
        Disable-LlamaGateExtension my-module -Type AgenticModule
        (Get-LlamaGateExtension -Disabled).Id | Should -Be 'my-module'
        Enable-LlamaGateExtension my-module -Type AgenticModule
        Remove-LlamaGateExtension my-module -Type AgenticModule
        Get-LlamaGateExtension | Should -BeNullOrEmpty
    }

    It 'keeps the last two backups' {
        '1.0.0', '1.1.0', '1.2.0', '1.3.0' | ForEach-Object { Compress-Package my-ext $_ } | Import-LlamaGatePackage | Out-Null

        Get-ChildItem "$env:LLAMAGATE_HOME/extensions/backups/my-ext" |
            ForEach-Object { Get-Content "$($_.FullName)/prompts/greeting.txt" } |
            Should -Be 'Hello from my-ext 1.1.0', 'Hello from my-ext 1.2.0'
    }

    It 'migrates the legacy layout on the first start' {
        $null = Initialize-Package old -Folder extensions/old

        $report = Invoke-LlamaGateStartup

        $report.Migrated.Id, $report.Installed.Id, $report.LoadedCount | Should -Be 'old', 'old', 1
        "$env:LLAMAGATE_HOME/.migration_complete" | Should -Exist
    }
}
