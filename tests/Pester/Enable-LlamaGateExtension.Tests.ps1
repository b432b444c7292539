Describe 'Enable-LlamaGateExtension' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    BeforeEach {
        Enter-TestFolder
        Install-Extension alpha, beta
        Disable-LlamaGateExtension *
    }

    It 'enables, and is silent' {
        Enable-LlamaGateExtension alpha -ErrorAction Stop -WarningVariable warnings | Should -BeNullOrEmpty

        $warnings | Should -BeNullOrEmpty
        (Get-LlamaGateExtension -Enabled).Id | Should -Be 'alpha'
    }

    It 'emits the items as they are now with -PassThru' {
        $before = Get-LlamaGateExtension alpha

        $item = Enable-LlamaGateExtension alpha -PassThru

        $item.PSTypeNames[0] | Should -Be 'LlamaGate.InstalledItem'
        $item.Enabled, $item.InstalledAt | Should -Be $true, $before.InstalledAt
        $item.LastUpdatedAt | Should -BeGreaterThan $before.LastUpdatedAt
    }

    It 'takes the items that a query finds' {
        Get-LlamaGateExtension -Disabled | Where-Object Id -Like b* | Enable-LlamaGateExtension

        (Get-LlamaGateExtension -Enabled).Id | Should -Be 'beta'
    }

    It 'takes deserialized items' {
        Get-LlamaGateExtension | Export-Clixml items.xml
        $copies = Import-Clixml items.xml
        $copies[0].PSTypeNames[0] | Should -Be 'Deserialized.LlamaGate.InstalledItem'

        $copies | Enable-LlamaGateExtension

        Get-LlamaGateExtension -Disabled | Should -BeNullOrEmpty
    }

    It 'takes what a job emits' {
        $items = Start-Job {
            Import-Module $using:manifest
            Get-LlamaGateExtension
        } | Receive-Job -Wait -AutoRemoveJob

        ($items | Enable-LlamaGateExtension -PassThru).Enabled | Should -Be $true, $true
    }

    It 'says when it takes effect in a verbose line' {
        $lines = Enable-LlamaGateExtension alpha -Verbose 4>&1

        $lines.Message -join ' ' | Should -Match 'next start'
    }

    It 'warns of a manifest that gateway 0.9.1 obeys instead' {
        $null = Compress-Package off -Disabled | Import-LlamaGatePackage

        Enable-LlamaGateExtension off -WarningVariable warnings -WarningAction SilentlyContinue

        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*manifest.yaml*enabled: false*'
    }

    It 'can be caught where an item is not there' {
        $problem = { Enable-LlamaGateExtension missing -ErrorAction Stop } | Should -Throw '*item not found*' -PassThru

        $problem.FullyQualifiedErrorId | Should -Be (Get-ErrorId ItemNotFound Enable-LlamaGateExtension)
        $problem.CategoryInfo.Category, $problem.TargetObject | Should -Be 'ObjectNotFound', 'missing'
    }

    It 'is silent about a wildcard that matches nothing' {
        Enable-LlamaGateExtension no* -ErrorAction Stop

        Get-LlamaGateExtension -Enabled | Should -BeNullOrEmpty
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $before = Get-Snapshot $PWD

        Enable-LlamaGateExtension * -WhatIf -PassThru | Should -BeNullOrEmpty
        Enable-LlamaGateExtension * -WhatIf -HomePath not-there -ErrorAction Stop | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }
}
