@{
    RootModule             = 'LlamaGate.PowerShell.dll'
    ModuleVersion          = '1.0.0'
    GUID                   = '5d1c36f7-9d0f-4a35-8f6a-2f0c1a7f6e21'
    Author                 = 'LlamaGate contributors'
    CompanyName            = 'LlamaGate'
    Copyright              = 'Copyright (c) 2026 LlamaGate contributors'
    Description            = 'Packages, imports, exports, lists, removes, enables, disables, migrates and repairs the extensions and agentic modules of a LlamaGate gateway.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Core', 'Desktop')
    NestedModules          = @('LlamaGate.Loader.dll')
    FormatsToProcess       = @('LlamaGate.Format.ps1xml')
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Compress-LlamaGatePackage'
        'Disable-LlamaGateExtension'
        'Enable-LlamaGateExtension'
        'Export-LlamaGatePackage'
        'Find-LlamaGatePackage'
        'Get-LlamaGateBackup'
        'Get-LlamaGateExtension'
        'Get-LlamaGatePackage'
        'Get-LlamaGateRepository'
        'Import-LlamaGatePackage'
        'Install-LlamaGatePackage'
        'Invoke-LlamaGateMigration'
        'Invoke-LlamaGateRefresh'
        'Invoke-LlamaGateStartup'
        'New-LlamaGatePackage'
        'Publish-LlamaGatePackage'
        'Register-LlamaGateRepository'
        'Remove-LlamaGateExtension'
        'Restore-LlamaGateExtension'
        'Save-LlamaGatePackage'
        'Sync-LlamaGateExtension'
        'Test-LlamaGateExtension'
        'Test-LlamaGateHome'
        'Test-LlamaGatePackage'
        'Unregister-LlamaGateRepository'
        'Update-LlamaGateExtension'
    )
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('LlamaGate', 'LLM', 'AI', 'Gateway', 'Extension', 'Package', 'Automation', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://github.com/llamagate/llamagate-powershell/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/llamagate/llamagate-powershell'
            ReleaseNotes = 'https://github.com/llamagate/llamagate-powershell/blob/main/CHANGELOG.md'
        }
    }
}
