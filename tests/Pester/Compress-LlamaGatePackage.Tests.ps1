Describe 'Compress-LlamaGatePackage' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach {
        Enter-TestFolder
        $null = Initialize-Package alpha
        $null = Initialize-Package beta
    }
    AfterAll { Exit-TestFolder }

    It 'writes the bytes of an import of the folder and an export of the item' {
        $packed = Compress-LlamaGatePackage alpha alpha.zip
        $null = Import-LlamaGatePackage alpha
        $exported = Export-LlamaGatePackage alpha exported.zip

        $packed.Sha256 | Should -Be $exported.Sha256
        $packed.Sha256 | Should -Be (Get-FileHash alpha.zip).Hash
        $packed.Id, $packed.Type, $packed.Version, $packed.FileCount | Should -Be 'alpha', 'Extension', '1.0.0', 2
        (Test-LlamaGatePackage alpha.zip -Strict).HasChecksums | Should -BeTrue
    }

    It 'names the files after the items in a folder, and pipes into the import' {
        (Compress-LlamaGatePackage alpha, beta dist/ | Import-LlamaGatePackage).Id | Should -Be 'alpha', 'beta'

        'dist/alpha-1.0.0.zip' | Should -Exist
        'dist/beta-1.0.0.zip' | Should -Exist
    }

    It 'leaves out what .llamagateignore lists and what version control keeps, and says so' {
        '*.log', '!keep.log' | Set-Content alpha/.llamagateignore
        'x' | Set-Content alpha/debug.log
        'x' | Set-Content alpha/keep.log
        $null = New-Item alpha/.git -ItemType Directory
        'secret' | Set-Content alpha/.git/config

        $output = Compress-LlamaGatePackage alpha alpha.zip -Verbose 4>&1

        (Get-LlamaGatePackage alpha.zip).Files.Path | Should -Be 'keep.log', 'manifest.yaml', 'prompts/greeting.txt'
        "$output" | Should -BeLike '*Left out: .git/, .llamagateignore, debug.log.*'
    }

    It 'keeps a file that is there, unless -Force' {
        'precious' | Set-Content alpha.zip

        { Compress-LlamaGatePackage alpha alpha.zip -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId DestinationExists Compress-LlamaGatePackage)
        Get-Content alpha.zip | Should -Be 'precious'
        (Compress-LlamaGatePackage alpha alpha.zip -Force).FileCount | Should -Be 2
    }

    It 'writes one package into a file, not several' {
        (Compress-LlamaGatePackage alpha, beta all.zip -Force -ErrorAction SilentlyContinue -ErrorVariable problems).Id | Should -Be 'alpha'
        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId DestinationExists Compress-LlamaGatePackage)
    }

    It 'packs nothing that is not valid' {
        'version: one' | Set-Content alpha/extension.yaml

        $problem = { Compress-LlamaGatePackage alpha alpha.zip -ErrorAction Stop } | Should -Throw -PassThru

        $problem.FullyQualifiedErrorId | Should -Be (Get-ErrorId ManifestInvalid Compress-LlamaGatePackage)
        $problem.Exception.Problems.Field | Should -Be 'version'
        'alpha.zip' | Should -Not -Exist
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $before = Get-Snapshot $PWD

        Compress-LlamaGatePackage * dist/ -WhatIf | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }
}
