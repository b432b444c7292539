Describe 'Disable-LlamaGateExtension' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    BeforeEach {
        Enter-TestFolder
        Install-Extension alpha, beta
    }

    It 'disables, and is silent' {
        Disable-LlamaGateExtension alpha | Should -BeNullOrEmpty

        (Get-LlamaGateExtension -Disabled).Id | Should -Be 'alpha'
        (Get-Content "$env:LLAMAGATE_HOME/registry/installed.json" -Raw | ConvertFrom-Json).enabled | Should -Be $false, $true
    }

    It 'takes what an import emits' {
        $items = Compress-Package gamma | Import-LlamaGatePackage | Disable-LlamaGateExtension -PassThru

        $items.Id, $items.Enabled | Should -Be 'gamma', $false
    }

    It 'stops when the pipeline has enough' {
        (Disable-LlamaGateExtension * -PassThru | Select-Object -First 1).Id | Should -Be 'alpha'

        (Get-LlamaGateExtension -Enabled).Id | Should -Be 'beta'
    }

    It 'leaves an item that is disabled as it is when it is disabled again' {
        $first = Disable-LlamaGateExtension alpha -PassThru

        (Disable-LlamaGateExtension alpha -PassThru).Enabled | Should -BeFalse
        (Get-LlamaGateExtension alpha).InstalledAt | Should -Be $first.InstalledAt
    }

    It 'takes deserialized items' {
        Get-LlamaGateExtension beta | Export-Clixml items.xml

        (Import-Clixml items.xml | Disable-LlamaGateExtension -PassThru).Id | Should -Be 'beta'
    }

    It 'sets $? and -ErrorVariable for what is not there, and goes on' {
        Disable-LlamaGateExtension missing, beta -ErrorAction SilentlyContinue -ErrorVariable problems
        $succeeded = $?

        $succeeded | Should -BeFalse
        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId ItemNotFound Disable-LlamaGateExtension)
        (Get-LlamaGateExtension -Disabled).Id | Should -Be 'beta'
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $before = Get-Snapshot $PWD

        Get-LlamaGateExtension | Disable-LlamaGateExtension -WhatIf

        Get-Snapshot $PWD | Should -Be $before
    }

    It 'completes -Id' {
        $line = 'Disable-LlamaGateExtension b'

        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'beta'
    }
}
