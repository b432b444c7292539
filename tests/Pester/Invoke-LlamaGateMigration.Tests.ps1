Describe 'Invoke-LlamaGateMigration' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    BeforeEach {
        Enter-TestFolder
        $null = Initialize-Package alpha -Folder extensions/alpha
        $null = Initialize-Package beta -Folder extensions/group/beta
        $null = Initialize-Package built -Folder extensions/builtin/built
    }

    It 'copies what it finds, marks it as done, and leaves the folder as it was' {
        $before = Get-Snapshot extensions

        $items = Invoke-LlamaGateMigration -ErrorAction Stop

        $items[0].PSTypeNames[0] | Should -Be 'LlamaGate.MigratedItem'
        $items.Id | Should -Be 'alpha', 'beta'
        $items.Status | Should -Be 'Migrated', 'Migrated'
        (Get-LlamaGateExtension).Id | Should -Be 'alpha', 'beta'
        "$env:LLAMAGATE_HOME/.migration_complete" | Should -Exist
        Get-Snapshot extensions | Should -Be $before
    }

    It 'is done once, unless -Force' {
        $null = Invoke-LlamaGateMigration
        $null = Initialize-Package late -Folder extensions/late

        Invoke-LlamaGateMigration -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*-Force*'
        $items = Invoke-LlamaGateMigration -Force
        $items.Id | Should -Be 'alpha', 'beta', 'late'
        $items.Status | Should -Be 'Skipped', 'Skipped', 'Migrated'
    }

    It 'skips what is installed' {
        Install-Extension alpha

        $items = Invoke-LlamaGateMigration

        ($items | Where-Object Id -EQ 'alpha').Status | Should -Be 'Skipped'
        ($items | Where-Object Id -EQ 'beta').Status | Should -Be 'Migrated'
    }

    It 'reports what fails, goes on, and is not done then' {
        'name: broken' | Set-Content "$(New-Item extensions/broken -ItemType Directory)/manifest.yaml" -Encoding Ascii

        $items = Invoke-LlamaGateMigration -ErrorAction SilentlyContinue

        ($items | Where-Object Status -EQ 'Failed').Reason | Should -Match 'version'
        ($items | Where-Object Status -EQ 'Migrated').Id | Should -Be 'alpha', 'beta'
        "$env:LLAMAGATE_HOME/.migration_complete" | Should -Not -Exist
    }

    It 'takes a path with spaces, brackets and letters beyond ASCII' {
        $odd = "old [v0] $([char] 0xE9)"
        [IO.Directory]::Move((Join-Path $PWD 'extensions'), (Join-Path $PWD $odd))

        (Invoke-LlamaGateMigration $odd).Id | Should -Be 'alpha', 'beta'
    }

    It 'refuses <Path>' -ForEach @(
        @{ Path = 'nothing'; ErrorId = 'SourcePathMissing' }
        @{ Path = 'Variable:x'; ErrorId = 'NotFileSystemPath' }
    ) {
        $problem = { Invoke-LlamaGateMigration $Path -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId $ErrorId Invoke-LlamaGateMigration) -PassThru

        $problem.TargetObject | Should -Be $(if ($Path -eq 'nothing') { Join-Path $PWD $Path } else { $Path })
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $before = Get-Snapshot $PWD

        Invoke-LlamaGateMigration -WhatIf | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }
}
