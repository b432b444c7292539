Describe 'Find-LlamaGatePackage' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach {
        Enter-TestFolder
        $null = New-Item feed -ItemType Directory
        Register-LlamaGateRepository team ./feed
        foreach ($version in '1.0.0', '1.1.0', '2.0.0-beta.1') {
            $null = Compress-Package alpha $version | Publish-LlamaGatePackage -Repository team
        }

        $null = Compress-Package beta | Publish-LlamaGatePackage -Repository team
    }

    AfterAll { Exit-TestFolder }

    It 'finds the newest version of each package' {
        $found = Find-LlamaGatePackage

        $found.Name | Should -Be 'alpha', 'beta'
        $found.Version | Should -Be '1.1.0', '1.0.0'
        $found.Repository | Should -Be 'team', 'team'
    }

    It 'takes names and wildcards in any case, also from the pipeline' {
        ('AL*', 'beta' | Find-LlamaGatePackage).Name | Should -Be 'alpha', 'beta'
    }

    It 'finds all versions, prereleases and ranges on demand' {
        (Find-LlamaGatePackage alpha -AllVersions).Version | Should -Be '1.1.0', '1.0.0'
        (Find-LlamaGatePackage alpha -Prerelease).Version | Should -Be '2.0.0-beta.1'
        (Find-LlamaGatePackage alpha -Version '[1.0,1.1)').Version | Should -Be '1.0.0'
    }

    It 'asks a folder that is not registered' {
        (Find-LlamaGatePackage beta -Repository ./feed).Version | Should -Be '1.0.0'
    }

    It 'is silent about a pattern that fits none, and says so of a name' {
        Find-LlamaGatePackage x* -ErrorAction Stop | Should -BeNullOrEmpty
        { Find-LlamaGatePackage missing -ErrorAction Stop } | Should -Throw -ErrorId (Get-ErrorId PackageNotFound Find-LlamaGatePackage)
    }
}
