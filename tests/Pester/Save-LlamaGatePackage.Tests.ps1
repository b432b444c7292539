Describe 'Save-LlamaGatePackage' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach {
        Enter-TestFolder
        $null = New-Item feed -ItemType Directory
        Register-LlamaGateRepository team ./feed
        $null = Compress-Package alpha | Publish-LlamaGatePackage -Repository team
    }

    AfterAll { Exit-TestFolder }

    It 'saves a package that another machine imports' {
        $saved = Save-LlamaGatePackage alpha ./saved

        $saved.Path | Should -Be (Join-Path $PWD 'saved/alpha.1.0.0.nupkg')
        $saved.Length | Should -Be (Get-Item $saved.Path).Length
        (Get-ChildItem saved | Import-LlamaGatePackage).Id | Should -Be 'alpha'
    }

    It 'mirrors a repository' {
        $null = Compress-Package alpha 1.1.0 | Publish-LlamaGatePackage -Repository team
        $null = Find-LlamaGatePackage -AllVersions | Save-LlamaGatePackage -Destination ./mirror

        (Find-LlamaGatePackage -Repository ./mirror -AllVersions).Version | Should -Be '1.1.0', '1.0.0'
    }

    It 'keeps a file that is there, but with -Force' {
        $null = New-Item saved/alpha.1.0.0.nupkg -Value 'mine' -Force

        { Save-LlamaGatePackage alpha ./saved -ErrorAction Stop } | Should -Throw -ErrorId (Get-ErrorId DestinationExists Save-LlamaGatePackage)
        Get-Content saved/alpha.1.0.0.nupkg | Should -Be 'mine'
        $null = Save-LlamaGatePackage alpha ./saved -Force
        (Get-LlamaGatePackage saved/alpha.1.0.0.nupkg).Id | Should -Be 'alpha'
    }

    It 'writes nothing with -WhatIf' {
        Save-LlamaGatePackage alpha ./saved -WhatIf

        'saved' | Should -Not -Exist
    }
}
