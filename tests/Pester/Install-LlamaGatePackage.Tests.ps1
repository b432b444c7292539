Describe 'Install-LlamaGatePackage' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach {
        Enter-TestFolder
        $null = New-Item feed -ItemType Directory
        Register-LlamaGateRepository team ./feed
        'alpha', 'beta' | ForEach-Object { Compress-Package $_ } | Publish-LlamaGatePackage -Repository team | Out-Null
    }

    AfterAll { Exit-TestFolder }

    It 'installs a package, and says where it came from' {
        $item = Install-LlamaGatePackage alpha

        $item.Status | Should -Be 'Installed'
        $item.Source | Should -Be 'team: alpha 1.0.0'
        (Get-LlamaGateExtension alpha).Source | Should -Be 'team: alpha 1.0.0'
    }

    It 'installs what a search has found' {
        (Find-LlamaGatePackage | Install-LlamaGatePackage).Id | Should -Be 'alpha', 'beta'
    }

    It 'takes the newest version of a range' {
        $null = Compress-Package alpha 1.2.0 | Publish-LlamaGatePackage -Repository team
        $null = Compress-Package alpha 2.0.0 | Publish-LlamaGatePackage -Repository team

        (Install-LlamaGatePackage alpha -Version '1.*').Version | Should -Be '1.2.0'
    }

    It 'installs disabled on demand' {
        $null = Install-LlamaGatePackage alpha -Disabled

        (Get-LlamaGateExtension alpha).Enabled | Should -BeFalse
    }

    It 'changes nothing with -WhatIf' {
        $before = Get-Snapshot $env:LLAMAGATE_HOME

        Install-LlamaGatePackage alpha -WhatIf

        Get-Snapshot $env:LLAMAGATE_HOME | Should -BeExactly $before
    }

    It 'installs the rest where one is not there' {
        $items = 'nothing', 'alpha' | Install-LlamaGatePackage -ErrorVariable failures -ErrorAction SilentlyContinue

        $items.Id | Should -Be 'alpha'
        $failures.FullyQualifiedErrorId | Should -Be (Get-ErrorId PackageNotFound Install-LlamaGatePackage)
    }
}
