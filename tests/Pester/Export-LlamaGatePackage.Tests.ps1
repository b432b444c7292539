Describe 'Export-LlamaGatePackage' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    BeforeEach {
        Enter-TestFolder
        Install-Extension alpha, beta
    }

    It 'writes the file, and says what it is' {
        $package = Export-LlamaGatePackage alpha alpha.zip

        $package.PSTypeNames[0] | Should -Be 'LlamaGate.ExportedPackage'
        $package.Id, $package.Type, $package.Version, $package.FileCount | Should -Be 'alpha', 'Extension', '1.0.0', 2
        $package.Path | Should -Be (Join-Path $PWD 'alpha.zip')
        $package.Length | Should -Be (Get-Item alpha.zip).Length
        $package.Sha256 | Should -BeExactly (Get-FileHash alpha.zip).Hash.ToLowerInvariant()
    }

    It 'writes files that Expand-Archive unpacks, with their checksums' {
        $null = Export-LlamaGatePackage alpha alpha.zip
        Expand-Archive alpha.zip unpacked

        Get-Content unpacked/prompts/greeting.txt | Should -Be 'Hello from alpha 1.0.0'
        $lines = Get-Content unpacked/checksums.txt
        $lines | Should -HaveCount 2
        foreach ($line in $lines) {
            $hash, $name = $line -split '  ', 2
            (Get-FileHash "unpacked/$name").Hash | Should -Be $hash
        }
    }

    It 'writes the same bytes for the same content' {
        $first = Export-LlamaGatePackage alpha one.zip
        $null = Import-LlamaGatePackage one.zip -HomePath other
        $second = Export-LlamaGatePackage alpha two.zip -HomePath other

        $second.Sha256 | Should -Be $first.Sha256
    }

    It 'names the files after the items in a folder' {
        $packages = Get-LlamaGateExtension | Export-LlamaGatePackage -Destination "backup $([char] 0xE9) [1]/"

        Split-Path $packages.Path -Leaf | Should -Be 'alpha-1.0.0.zip', 'beta-1.0.0.zip'
        $packages.Path | ForEach-Object { Test-Path -LiteralPath $_ } | Should -Be $true, $true
    }

    It 'writes into a folder that is there: <_>' -ForEach 'made', 'TestDrive:/{0}/made' {
        $null = New-Item made -ItemType Directory

        $packages = Export-LlamaGatePackage * -Destination ($_ -f (Split-Path $PWD -Leaf)) -ErrorAction Stop

        $packages.Path | Should -Be (Get-Item made/alpha-1.0.0.zip, made/beta-1.0.0.zip).FullName
    }

    It 'takes wildcards and paths of TestDrive:' {
        $folder = "TestDrive:\$(Split-Path $PWD -Leaf)\out\"

        (Export-LlamaGatePackage * $folder).Id | Should -Be 'alpha', 'beta'
        'out/beta-1.0.0.zip' | Should -Exist
    }

    It 'carries items from one home into another' {
        Get-LlamaGateExtension | Export-LlamaGatePackage -Destination out/ | Import-LlamaGatePackage -HomePath other | Out-Null
        (Get-LlamaGateExtension -HomePath other).Id | Should -Be 'alpha', 'beta'

        (Import-LlamaGatePackage out/* -HomePath other | Remove-LlamaGateExtension -PassThru).Id | Should -Be 'alpha', 'beta'
        Get-LlamaGateExtension -HomePath other | Should -BeNullOrEmpty
        (Get-LlamaGateExtension).Id | Should -Be 'alpha', 'beta'
    }

    It 'gives packages where a path is asked for' {
        (Import-LlamaGatePackage (Export-LlamaGatePackage alpha alpha.zip) -HomePath other).Status | Should -Be 'Installed'
    }

    It 'gives packages that can be imported after they went through CliXML' {
        Export-LlamaGatePackage alpha 'odd [1].zip' | Export-Clixml package.xml

        (Import-Clixml package.xml | Import-LlamaGatePackage -HomePath other).Id | Should -Be 'alpha'
    }

    It 'keeps a file that is there, unless -Force' {
        'precious' | Set-Content alpha.zip

        $problem = { Export-LlamaGatePackage alpha alpha.zip -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId DestinationExists Export-LlamaGatePackage) -PassThru
        $problem.CategoryInfo.Category, $problem.TargetObject | Should -Be 'ResourceExists', (Join-Path $PWD 'alpha.zip')
        { Export-LlamaGatePackage alpha alpha.zip -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId $problem.FullyQualifiedErrorId
        Get-Content alpha.zip | Should -Be 'precious'
        (Export-LlamaGatePackage alpha alpha.zip -Force).FileCount | Should -Be 2
    }

    It 'writes one item into a file, not several' {
        $packages = Export-LlamaGatePackage * all.zip -Force -ErrorAction SilentlyContinue -ErrorVariable problems

        $packages.Id | Should -Be 'alpha'
        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId DestinationExists Export-LlamaGatePackage)
        "$problems" | Should -BeLike '*folder*'
    }

    It 'finds an item that is on disk and not registered' {
        Remove-Item "$env:LLAMAGATE_HOME/registry/installed.json"

        (Export-LlamaGatePackage beta beta.zip).Version | Should -Be '1.0.0'
    }

    It 'says that <What>, and goes on' -ForEach @(
        @{ What = 'an item is not there'; Id = 'missing'; ErrorId = 'ItemNotFound'; Message = '*item not found*' }
        @{ What = 'its files are not there'; Id = 'beta'; ErrorId = 'SourcePathMissing'; Message = '*source path does not exist*' }
    ) {
        Remove-Folder "$env:LLAMAGATE_HOME/extensions/installed/beta"

        $packages = Export-LlamaGatePackage $Id, alpha out/ -ErrorAction SilentlyContinue -ErrorVariable problems

        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be (Get-ErrorId $ErrorId Export-LlamaGatePackage)
        $problems[0].CategoryInfo.Category, $problems[0].TargetObject | Should -Be 'ObjectNotFound', $Id
        "$($problems[0])" | Should -BeLike $Message
        $packages.Id | Should -Be 'alpha'
        (Get-ChildItem out).Name | Should -Be 'alpha-1.0.0.zip'
    }

    It 'goes on after an item that a wildcard finds and that has no files' {
        Install-Extension gamma
        Remove-Folder "$env:LLAMAGATE_HOME/extensions/installed/beta"

        $packages = Export-LlamaGatePackage * out/ -ErrorAction SilentlyContinue -ErrorVariable problems

        $packages.Id | Should -Be 'alpha', 'gamma'
        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId SourcePathMissing Export-LlamaGatePackage)
    }

    It 'refuses a destination outside the file system' {
        { Export-LlamaGatePackage alpha Variable:out -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId NotFileSystemPath Export-LlamaGatePackage)
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $before = Get-Snapshot $PWD

        Export-LlamaGatePackage * out/ -WhatIf | Should -BeNullOrEmpty
        Export-LlamaGatePackage * out/ -WhatIf -HomePath not-there -ErrorAction Stop | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }
}
