Describe 'Restore-LlamaGateExtension' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    BeforeEach {
        Enter-TestFolder
        foreach ($version in '1.0.0', '2.0.0', '3.0.0') {
            $null = Initialize-Package alpha -Version $version | Import-LlamaGatePackage
        }
    }

    It 'goes back and forth' {
        $first = Restore-LlamaGateExtension alpha
        $second = Restore-LlamaGateExtension alpha

        $first.Status, $first.Version, $first.PreviousVersion | Should -Be 'Restored', '2.0.0', '3.0.0'
        $second.Status, $second.Version, $second.PreviousVersion | Should -Be 'Restored', '3.0.0', '2.0.0'
        (Get-LlamaGateBackup).Version | Should -Be '2.0.0', '1.0.0'
        (Test-LlamaGateExtension).Status | Should -Be 'Intact'
    }

    It 'takes the backup that is named, or that comes through the pipeline' {
        (Restore-LlamaGateExtension alpha -BackupName (Get-LlamaGateBackup alpha)[1].Name).Version | Should -Be '1.0.0'
        (Get-LlamaGateBackup alpha | Where-Object Version -EQ '2.0.0' | Restore-LlamaGateExtension).Version | Should -Be '2.0.0'
        (Get-LlamaGateExtension alpha | Restore-LlamaGateExtension).Version | Should -Be '1.0.0'
    }

    It 'takes from the pipeline the home as well, also of what was remote' {
        foreach ($version in '1.0.0', '2.0.0', '3.0.0') {
            $null = Initialize-Package alpha -Version $version | Import-LlamaGatePackage -HomePath other
        }
        Get-LlamaGateBackup alpha -HomePath other | Select-Object -Last 1 | Export-Clixml backup.xml

        (Import-Clixml backup.xml | Restore-LlamaGateExtension -ErrorAction Stop).Version | Should -Be '1.0.0'
        (Get-LlamaGateBackup alpha -HomePath other | Where-Object Version -EQ '2.0.0' | Restore-LlamaGateExtension).Version | Should -Be '2.0.0'
        (Get-LlamaGateExtension -HomePath other).Version | Should -Be '2.0.0'
        (Get-LlamaGateExtension).Version | Should -Be '3.0.0'
    }

    It 'keeps the state' {
        Disable-LlamaGateExtension alpha

        (Restore-LlamaGateExtension alpha).Enabled | Should -BeFalse
    }

    It 'brings back what was removed by hand' {
        Remove-Folder "$env:LLAMAGATE_HOME/extensions/installed/alpha"
        $null = Sync-LlamaGateExtension

        (Restore-LlamaGateExtension alpha).Version | Should -Be '2.0.0'
        (Get-LlamaGateExtension).Id | Should -Be 'alpha'
    }

    It 'refuses a backup that is no item any more, and keeps it' {
        'version: one' | Set-Content "$((Get-LlamaGateBackup alpha)[0].Path)/manifest.yaml"

        { Restore-LlamaGateExtension alpha -ErrorAction Stop } | Should -Throw -ErrorId (Get-ErrorId ManifestInvalid Restore-LlamaGateExtension)
        (Get-LlamaGateBackup alpha) | Should -HaveCount 2
    }

    It 'says that there is no such backup, and goes on' {
        (Restore-LlamaGateExtension missing, alpha -ErrorAction SilentlyContinue -ErrorVariable problems).Id | Should -Be 'alpha'
        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId ItemNotFound Restore-LlamaGateExtension)
        { 'alpha' | Restore-LlamaGateExtension -BackupName other -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId ItemNotFound Restore-LlamaGateExtension)
    }

    It 'completes the names of backups' {
        $line = 'Restore-LlamaGateExtension alpha -BackupName '
        $names = (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText

        $names | Should -Be (Get-LlamaGateBackup alpha).Name
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $before = Get-Snapshot $PWD

        Restore-LlamaGateExtension alpha -WhatIf | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }
}
