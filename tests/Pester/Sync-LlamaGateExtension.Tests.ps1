Describe 'Sync-LlamaGateExtension' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    BeforeEach {
        Enter-TestFolder
        Install-Extension alpha, beta
        $script:registry = "$env:LLAMAGATE_HOME/registry/installed.json"
        $script:installed = "$env:LLAMAGATE_HOME/extensions/installed"
    }

    It 'has nothing to do where all is well' {
        $before = Get-Snapshot $PWD

        Sync-LlamaGateExtension -ErrorAction Stop | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }

    It 'makes the registry agree with the disk, and says how' {
        $null = Initialize-Package found -Folder "$installed/found"
        $null = Initialize-Package alpha 1.5.0 -Folder "$installed/alpha"
        Remove-Folder "$installed/beta"

        $changes = Sync-LlamaGateExtension -ErrorAction Stop

        $changes.ForEach({ $_.PSTypeNames[0] }) | Select-Object -Unique | Should -Be 'LlamaGate.SyncChange'
        $changes.Id | Should -Be 'alpha', 'beta', 'found'
        $changes.Status | Should -Be 'Updated', 'Removed', 'Added'
        (Get-LlamaGateExtension).Version | Should -Be '1.5.0', '1.0.0'
    }

    It 'keeps the state of what stays' {
        Disable-LlamaGateExtension alpha
        $null = Initialize-Package alpha 1.5.0 -Folder "$installed/alpha"

        $null = Sync-LlamaGateExtension

        (Get-LlamaGateExtension alpha).Enabled | Should -BeFalse
    }

    It 'reports a folder that is no item, and leaves it alone' {
        $null = New-Item "$installed/notes/readme.txt" -Force -Value 'mine'

        $change = Sync-LlamaGateExtension

        $change.Status, $change.Id | Should -Be 'Skipped', 'notes'
        $change.Reason | Should -Not -BeNullOrEmpty
        Get-Content "$installed/notes/readme.txt" | Should -Be 'mine'
    }

    It 'rebuilds a registry that is gone' {
        Remove-Item $registry

        (Sync-LlamaGateExtension).Status | Should -Be 'Added', 'Added'
        (Get-LlamaGateExtension).Id | Should -Be 'alpha', 'beta'
    }

    It 'rebuilds a registry that cannot be read, and keeps it aside' {
        '{ not json' | Set-Content $registry

        (Sync-LlamaGateExtension -WarningAction SilentlyContinue).Status | Should -Be 'Added', 'Added'

        (Get-LlamaGateExtension).Id | Should -Be 'alpha', 'beta'
        Get-ChildItem "$registry.corrupt-*" | Get-Content | Should -Be '{ not json'
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $null = Initialize-Package found -Folder "$installed/found"
        $before = Get-Snapshot $PWD

        Sync-LlamaGateExtension -WhatIf | Should -BeNullOrEmpty
        Sync-LlamaGateExtension -WhatIf -HomePath not-there -ErrorAction Stop | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }

    It 'gives changes that any report can hold' {
        Remove-Folder "$installed/beta"

        $change = Sync-LlamaGateExtension | ConvertTo-Json | ConvertFrom-Json

        $change.Type, $change.Id, $change.Status | Should -Be 'Extension', 'beta', 'Removed'
    }
}
