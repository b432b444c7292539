Describe 'Test-LlamaGateExtension' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    BeforeEach {
        Enter-TestFolder
        Install-Extension alpha, beta
        $script:alpha = "$env:LLAMAGATE_HOME/extensions/installed/alpha"
    }

    It 'finds what was installed intact, and writes nothing' {
        $before = Get-Snapshot $PWD

        $results = Test-LlamaGateExtension

        $results.Id | Should -Be 'alpha', 'beta'
        $results.Status | Select-Object -Unique | Should -Be 'Intact'
        Get-Snapshot $PWD | Should -Be $before
    }

    It 'names what was changed' {
        Add-Content "$alpha/manifest.yaml" '# mine'
        Remove-Item "$alpha/prompts/greeting.txt"
        'mine' | Set-Content "$alpha/notes.txt"

        $result = Test-LlamaGateExtension alpha

        $result.Status | Should -Be 'Modified'
        $result.ModifiedFiles | Should -Be 'manifest.yaml'
        $result.MissingFiles | Should -Be 'prompts/greeting.txt'
        $result.AddedFiles | Should -Be 'notes.txt'
    }

    It 'tells what is missing and what nobody recorded' {
        Remove-Folder $alpha
        Remove-Item "$env:LLAMAGATE_HOME/registry/checksums/extension/beta.sha256"

        (Test-LlamaGateExtension).Status | Should -Be 'Missing', 'Unrecorded'
        Test-LlamaGateExtension -Quiet | Should -Be $false, $true
    }

    It 'pipes what was modified into the restore, with its home' {
        foreach ($id in 'alpha', 'beta') {
            $null = '1.0.0', '2.0.0' | ForEach-Object { Initialize-Package $id -Version $_ | Import-LlamaGatePackage -HomePath other }
        }
        Add-Content other/extensions/installed/alpha/manifest.yaml '# mine'

        $item = Test-LlamaGateExtension -HomePath other | Where-Object Status -EQ Modified | Restore-LlamaGateExtension

        $item.Id, $item.Version, $item.Status | Should -Be 'alpha', '1.0.0', 'Restored'
    }

    It 'says that an item is not there, and goes on' {
        (Test-LlamaGateExtension missing, beta -ErrorAction SilentlyContinue -ErrorVariable problems).Id | Should -Be 'beta'
        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId ItemNotFound Test-LlamaGateExtension)
    }

    It 'is told by the sync, which keeps the checksums unless -AcceptContent' {
        Add-Content "$alpha/manifest.yaml" '# mine'

        "$(Sync-LlamaGateExtension -Verbose 4>&1)" | Should -BeLike "*'alpha' differs from what was installed: 1 modified (manifest.yaml)*"
        Sync-LlamaGateExtension -AcceptContent -WhatIf | Should -BeNullOrEmpty
        (Test-LlamaGateExtension alpha).Status | Should -Be 'Modified'
        (Sync-LlamaGateExtension -AcceptContent).Id | Should -Be 'alpha'
        (Test-LlamaGateExtension alpha).Status | Should -Be 'Intact'
    }
}
