Describe 'Register-LlamaGateRepository' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach {
        Enter-TestFolder
        $null = New-Item feed -ItemType Directory
    }

    AfterAll { Exit-TestFolder }

    It 'keeps a name for a folder' {
        Register-LlamaGateRepository team ./feed | Should -BeNullOrEmpty

        $repository = Get-LlamaGateRepository
        $repository.Name | Should -Be 'team'
        $repository.Source | Should -Be (Join-Path $PWD 'feed')
        $repository.IsEnabled | Should -BeTrue
        $repository.HasCredentials | Should -BeFalse
        Join-Path $env:LLAMAGATE_HOME 'NuGet.Config' | Should -Exist
    }

    It 'emits the repository with -PassThru' {
        (Register-LlamaGateRepository team ./feed -PassThru).Name | Should -Be 'team'
    }

    It 'writes nothing with -WhatIf' {
        Register-LlamaGateRepository team ./feed -WhatIf

        $env:LLAMAGATE_HOME | Should -Not -Exist
    }

    It 'refuses plain http but where it is allowed' {
        { Register-LlamaGateRepository plain http://feeds.example/index.json -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId RepositoryInvalid Register-LlamaGateRepository)

        Register-LlamaGateRepository plain http://feeds.example/index.json -AllowInsecureConnections

        (Get-LlamaGateRepository plain).Source | Should -Be 'http://feeds.example/index.json'
    }

    It 'keeps credentials and does not show them' {
        $secret = [securestring]::new()
        '%LLAMAGATE_TESTS_SECRET%'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
        Register-LlamaGateRepository private https://feeds.example/index.json -Credential ([pscredential]::new('me', $secret))

        $repository = Get-LlamaGateRepository private

        $repository.HasCredentials | Should -BeTrue
        $repository | Format-List * | Out-String | Should -Not -BeLike '*SECRET*'
    }

    It 'takes the repositories of another home from the pipeline' {
        Register-LlamaGateRepository team ./feed
        $other = Join-Path $PWD 'other'

        Get-LlamaGateRepository | Select-Object Name, Source | Register-LlamaGateRepository -HomePath $other

        (Get-LlamaGateRepository -HomePath $other).Name | Should -Be 'team'
    }
}

Describe 'Unregister-LlamaGateRepository' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach {
        Enter-TestFolder
        $null = New-Item feed -ItemType Directory
        'one', 'two', 'team' | ForEach-Object { Register-LlamaGateRepository $_ ./feed }
    }

    AfterAll { Exit-TestFolder }

    It 'removes by name and by wildcard, and leaves the packages' {
        (Unregister-LlamaGateRepository t* -PassThru).Name | Should -Be 'two', 'team'

        (Get-LlamaGateRepository).Name | Should -Be 'one'
        'feed' | Should -Exist
    }

    It 'takes repositories from the pipeline' {
        Get-LlamaGateRepository one | Unregister-LlamaGateRepository

        (Get-LlamaGateRepository).Name | Should -Be 'two', 'team'
    }

    It 'writes nothing with -WhatIf' {
        Unregister-LlamaGateRepository * -WhatIf

        Get-LlamaGateRepository | Should -HaveCount 3
    }

    It 'says of one that is not there that it is not, and removes the rest' {
        Unregister-LlamaGateRepository missing, one -ErrorVariable failures -ErrorAction SilentlyContinue

        $failures.FullyQualifiedErrorId | Should -Be (Get-ErrorId RepositoryNotFound Unregister-LlamaGateRepository)
        (Get-LlamaGateRepository).Name | Should -Be 'two', 'team'
    }
}

Describe 'Get-LlamaGateRepository' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'lists none in a home without any, and makes no home' {
        Get-LlamaGateRepository | Should -BeNullOrEmpty

        $env:LLAMAGATE_HOME | Should -Not -Exist
    }

    It 'finds by name and by wildcard' {
        $null = New-Item feed -ItemType Directory
        'one', 'two' | ForEach-Object { Register-LlamaGateRepository $_ ./feed }

        (Get-LlamaGateRepository o*).Name | Should -Be 'one'
        ('two' | Get-LlamaGateRepository).Name | Should -Be 'two'
        Get-LlamaGateRepository x* | Should -BeNullOrEmpty
        { Get-LlamaGateRepository missing -ErrorAction Stop } | Should -Throw -ErrorId (Get-ErrorId RepositoryNotFound Get-LlamaGateRepository)
    }
}
