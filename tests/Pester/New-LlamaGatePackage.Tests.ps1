Describe 'New-LlamaGatePackage' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'writes a package that passes a strict test: <Type>, <Template>' -ForEach @(
        @{ Type = 'Extension'; Template = 'Workflow' }
        @{ Type = 'Extension'; Template = 'Middleware' }
        @{ Type = 'Extension'; Template = 'Observer' }
        @{ Type = 'AgenticModule'; Template = 'Workflow' }
    ) {
        $package = New-LlamaGatePackage my-item -Type $Type -Template $Template -Name 'My item' -Description 'For tests.'

        $package.Id, $package.Type, $package.Name, $package.Version | Should -Be 'my-item', $Type, 'My item', '0.1.0'
        $package.Path | Should -Be (Join-Path $PWD 'my-item')
        $package.Files | ForEach-Object { Join-Path $package.Path $_ | Should -Exist }
        ($package | Test-LlamaGatePackage -Strict).Problems | Should -BeNullOrEmpty
        (Get-LlamaGatePackage my-item).Description | Should -Be 'For tests.'
    }

    It 'makes an installed item in four commands' {
        $null = New-LlamaGatePackage my-item
        Test-LlamaGatePackage my-item -Strict -Quiet | Should -BeTrue
        $package = Compress-LlamaGatePackage my-item dist/
        $item = Import-LlamaGatePackage $package.Path

        $item.Id, $item.Status, $item.Version | Should -Be 'my-item', 'Installed', '0.1.0'
    }

    It 'takes properties from a CSV file' {
        @('Path,Id,Type,Template', 'one,first,Extension,Observer', 'two,second,AgenticModule,Workflow') | ConvertFrom-Csv |
            New-LlamaGatePackage | Select-Object -ExpandProperty Id | Should -Be 'first', 'second'

        (Get-LlamaGatePackage one).Kind | Should -Be 'observer'
    }

    It 'keeps what is there' {
        $null = New-Item my-item -ItemType Directory
        'mine' | Set-Content my-item/manifest.yaml

        { New-LlamaGatePackage my-item -ErrorAction Stop } | Should -Throw -ErrorId (Get-ErrorId DestinationExists New-LlamaGatePackage)
        (New-LlamaGatePackage my-item -Force).Files | Should -Be 'extension.yaml'
        Get-Content my-item/manifest.yaml | Should -Be 'mine'
    }

    It 'refuses an id that is not valid' {
        { New-LlamaGatePackage 'not an id' -ErrorAction Stop } | Should -Throw -ErrorId (Get-ErrorId ManifestInvalid New-LlamaGatePackage)
        'not an id' | Should -Not -Exist
    }

    It 'goes on after an error' {
        ('not an id', 'my-item' | New-LlamaGatePackage -ErrorAction SilentlyContinue -ErrorVariable problems).Id | Should -Be 'my-item'
        $problems | Should -HaveCount 1
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        New-LlamaGatePackage my-item -WhatIf | Should -BeNullOrEmpty

        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'touches no home' {
        $null = New-LlamaGatePackage my-item

        $env:LLAMAGATE_HOME | Should -Not -Exist
    }
}
