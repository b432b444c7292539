Describe 'Test-LlamaGateHome' {
    BeforeAll {
        . "$PSScriptRoot/LlamaGate.Pester.ps1"

        # Makes a home in which there is this to find.
        function Initialize-Finding ([string] $Id) {
            Install-Extension alpha
            switch ($Id) {
                'LegacyCopy' { $null = Initialize-Package alpha -Folder extensions/alpha }
                'StaleBackups' { $null = New-Item "$env:LLAMAGATE_HOME/extensions/backups/gone/20260101-000000-000" -ItemType Directory }
                'DisabledAndLoaded' {
                    $null = Initialize-Package other -Folder "$env:LLAMAGATE_HOME/extensions/installed/folder"
                    $null = Sync-LlamaGateExtension -WarningAction SilentlyContinue
                    Disable-LlamaGateExtension folder
                }
                'NotRegistered' { $null = Initialize-Package found -Folder "$env:LLAMAGATE_HOME/extensions/installed/found" }
                'Modified' { Add-Content "$env:LLAMAGATE_HOME/extensions/installed/alpha/manifest.yaml" '# mine' }
                'GatewayRefuses' {
                    $package = Initialize-Package beta
                    Add-Content "$package/manifest.yaml" 'outputs:', '  type: object'
                    $null = Import-LlamaGatePackage $package -WarningAction SilentlyContinue
                }
                'StepMissing' { $null = Initialize-Package crew -Module | Import-LlamaGatePackage }
                'StepDisabled' {
                    Install-Extension summary
                    $null = Initialize-Package crew -Module | Import-LlamaGatePackage
                    Disable-LlamaGateExtension summary
                }
                'RegistryUnreadable' { '{ not json' | Set-Content "$env:LLAMAGATE_HOME/registry/installed.json" }
                'FolderMissing' { Remove-Item "$env:LLAMAGATE_HOME/extensions/installed/alpha" -Recurse }
                'NotAnItem' {
                    $null = New-Item "$env:LLAMAGATE_HOME/extensions/installed/broken" -ItemType Directory
                    'name: [' | Set-Content "$env:LLAMAGATE_HOME/extensions/installed/broken/manifest.yaml"
                }
                'GatewayBackupLost' {
                    $null = Initialize-Package lost -Folder "$env:LLAMAGATE_HOME/extensions/installed/backups/lost/20260101-000000"
                }
                'TemplatesElsewhere' {
                    $package = Initialize-Package beta
                    Add-Content "$package/manifest.yaml" '  - uses: template.load'
                    $null = New-Item "$package/templates" -ItemType Directory
                    'Hello' | Set-Content "$package/templates/hello.txt"
                    $null = Import-LlamaGatePackage $package
                }
            }
        }
    }

    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'finds nothing in a home that is well, and writes nothing' {
        Install-Extension alpha
        $before = Get-Snapshot $PWD

        Test-LlamaGateHome | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }

    It 'finds <Id>, and its remedy ends it' -ForEach @(
        @{ Id = 'LegacyCopy'; Severity = 'Information' }
        @{ Id = 'StaleBackups'; Severity = 'Information' }
        @{ Id = 'DisabledAndLoaded'; Severity = 'Warning' }
        @{ Id = 'NotRegistered'; Severity = 'Warning' }
        @{ Id = 'Modified'; Severity = 'Warning' }
        @{ Id = 'GatewayRefuses'; Severity = 'Warning' }
        @{ Id = 'StepMissing'; Severity = 'Warning' }
        @{ Id = 'StepDisabled'; Severity = 'Warning' }
        @{ Id = 'RegistryUnreadable'; Severity = 'Error' }
        @{ Id = 'FolderMissing'; Severity = 'Error' }
        @{ Id = 'NotAnItem'; Severity = 'Error' }
        @{ Id = 'GatewayBackupLost'; Severity = 'Warning' }
        @{ Id = 'TemplatesElsewhere'; Severity = 'Information' }
    ) {
        Initialize-Finding $Id

        $finding = Test-LlamaGateHome | Where-Object Id -EQ $Id
        $finding.Severity | Should -Be $Severity

        $null = & ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'; $($finding.Remedy)"))

        Test-LlamaGateHome | Where-Object Id -EQ $Id | Should -BeNullOrEmpty
    }

    It 'names the home in the remedy for <_> where it is not the default' -ForEach @(
        'RegistryUnreadable', 'FolderMissing', 'NotAnItem', 'GatewayRefuses', 'StepDisabled', 'GatewayBackupLost'
    ) {
        $id = $_
        Initialize-Finding $id
        $path, $env:LLAMAGATE_HOME = $env:LLAMAGATE_HOME, (Join-Path $PWD 'other')

        $finding = Test-LlamaGateHome -HomePath $path | Where-Object Id -EQ $id
        $null = & ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'; $($finding.Remedy)"))

        Test-LlamaGateHome -HomePath $path | Where-Object Id -EQ $id | Should -BeNullOrEmpty
    }

    It 'finds that locks do not hold, and its remedy ends it in a new process' -Skip:($PSEdition -eq 'Desktop') {
        Install-Extension alpha
        $look = "Import-Module '$manifest'; (Test-LlamaGateHome | Where-Object Id -EQ LocksDoNotHold).Remedy"
        $env:DOTNET_SYSTEM_IO_DISABLEFILELOCKING = 'true'
        try {
            $remedy = Invoke-ChildShell -Command $look
            $remedy | Should -Not -BeNullOrEmpty
            function pwsh { Invoke-ChildShell -Command $look }

            & ([scriptblock]::Create($remedy)) | Should -BeNullOrEmpty
        }
        finally {
            $env:DOTNET_SYSTEM_IO_DISABLEFILELOCKING = $null
        }
    }

    It 'goes through JSON' {
        $null = Initialize-Package alpha -Folder "$env:LLAMAGATE_HOME/extensions/installed/alpha"

        $finding = Test-LlamaGateHome | ConvertTo-Json | ConvertFrom-Json

        $finding.Id, $finding.Item, $finding.Type | Should -Be 'NotRegistered', 'alpha', 'Extension'
    }
}
