Describe 'Test-LlamaGateHome' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
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
    ) {
        Install-Extension alpha
        switch ($Id) {
            'LegacyCopy' { $null = Initialize-Package alpha -Folder extensions/alpha }
            'StaleBackups' { $null = New-Item "$env:LLAMAGATE_HOME/extensions/backups/gone/20260101-000000-000" -ItemType Directory }
            'DisabledAndLoaded' {
                $null = Initialize-Package other -Folder "$env:LLAMAGATE_HOME/extensions/installed/folder"
                $null = Sync-LlamaGateExtension -WarningAction SilentlyContinue
                Disable-LlamaGateExtension folder
            }
        }

        $finding = Test-LlamaGateHome | Where-Object Id -EQ $Id
        $finding.Severity | Should -Be $Severity

        & ([scriptblock]::Create($finding.Remedy))

        Test-LlamaGateHome | Where-Object Id -EQ $Id | Should -BeNullOrEmpty
    }

    It 'goes through JSON' {
        $null = Initialize-Package alpha -Folder "$env:LLAMAGATE_HOME/extensions/installed/alpha"

        $finding = Test-LlamaGateHome | ConvertTo-Json | ConvertFrom-Json

        $finding.Id, $finding.Item, $finding.Type | Should -Be 'NotRegistered', 'alpha', 'Extension'
    }
}
