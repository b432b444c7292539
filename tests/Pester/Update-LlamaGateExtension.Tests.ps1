Describe 'Update-LlamaGateExtension' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach {
        Enter-TestFolder
        $null = New-Item feed -ItemType Directory
        Register-LlamaGateRepository team ./feed
        'alpha', 'beta' | ForEach-Object { Compress-Package $_ } | Publish-LlamaGatePackage -Repository team | Out-Null
        $null = Find-LlamaGatePackage alpha | Install-LlamaGatePackage
        $null = Install-LlamaGatePackage beta -Version 1.0.0
        'alpha', 'beta' | ForEach-Object { Compress-Package $_ 1.1.0 } | Publish-LlamaGatePackage -Repository team | Out-Null
    }

    AfterAll { Exit-TestFolder }

    It 'says with -WhatIf what is current and what is available, and writes nothing' {
        $before = Get-Snapshot $env:LLAMAGATE_HOME

        $plan = Update-LlamaGateExtension -WhatIf

        $plan.Id | Should -Be 'alpha', 'beta'
        $plan.Version | Should -Be '1.0.0', '1.0.0'
        $plan[0].AvailableVersion | Should -Be '1.1.0'
        $plan.Status | Should -Be 'Available', 'Pinned'
        Get-Snapshot $env:LLAMAGATE_HOME | Should -BeExactly $before
    }

    It 'updates what is not pinned, and keeps the version before as a backup' {
        (Update-LlamaGateExtension | Sort-Object Id).Status | Should -Be 'Updated', 'Pinned'

        (Get-LlamaGateExtension).Version | Should -Be '1.1.0', '1.0.0'
        (Get-LlamaGateBackup alpha).Version | Should -Be '1.0.0'
        (Update-LlamaGateExtension | Sort-Object Id).Status | Should -Be 'UpToDate', 'Pinned'
    }

    It 'updates those from the pipeline' {
        (Get-LlamaGateExtension a* | Update-LlamaGateExtension).Id | Should -Be 'alpha'
    }

    It 'goes on where the repository of one item is not there any more' {
        $null = New-Item old -ItemType Directory
        Register-LlamaGateRepository old ./old
        $null = Compress-Package gamma | Publish-LlamaGatePackage -Repository old
        $null = Install-LlamaGatePackage gamma
        Unregister-LlamaGateRepository old

        $updates = Update-LlamaGateExtension -ErrorVariable failures -ErrorAction SilentlyContinue

        ($updates | Where-Object Id -EQ alpha).Status | Should -Be 'Updated'
        $failures.FullyQualifiedErrorId | Should -Be (Get-ErrorId RepositoryNotFound Update-LlamaGateExtension)
    }

    It 'says of an id that is not installed that it is not' {
        { Update-LlamaGateExtension missing -ErrorAction Stop } | Should -Throw -ErrorId (Get-ErrorId ItemNotFound Update-LlamaGateExtension)
    }
}
