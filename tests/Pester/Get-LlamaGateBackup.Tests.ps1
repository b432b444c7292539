Describe 'Get-LlamaGateBackup' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    BeforeEach {
        Enter-TestFolder
        foreach ($version in '1.0.0', '2.0.0', '3.0.0') {
            $null = Initialize-Package alpha -Version $version | Import-LlamaGatePackage
        }
        Install-Extension beta
    }

    It 'lists the backups, newest first' {
        $backups = Get-LlamaGateBackup

        $backups.Id | Select-Object -Unique | Should -Be 'alpha'
        $backups.Version | Should -Be '2.0.0', '1.0.0'
        $backups[0].Name | Should -Be $backups[0].CreatedAt.ToString('yyyyMMdd-HHmmss-fff', [cultureinfo]::InvariantCulture)
        $backups[0].Path | Should -Exist
        $backups[0].FileCount | Should -Be 2
        $backups[0].Length | Should -BeGreaterThan 0
    }

    It 'is silent where there is none' {
        Get-LlamaGateBackup beta, missing, 'x*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'keeps as many as -BackupCount or the environment says' {
        $null = Initialize-Package alpha -Version 4.0.0 | Import-LlamaGatePackage -BackupCount 3
        (Get-LlamaGateBackup alpha).Version | Should -Be '3.0.0', '2.0.0', '1.0.0'
        $env:LLAMAGATE_BACKUP_COUNT = '0'
        try {
            $null = Initialize-Package alpha -Version 5.0.0 | Import-LlamaGatePackage
        }
        finally {
            $env:LLAMAGATE_BACKUP_COUNT = $null
        }

        Get-LlamaGateBackup alpha | Should -BeNullOrEmpty
    }
}
