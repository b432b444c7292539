Describe 'The paths of Import-LlamaGatePackage' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'takes wildcards, texts and an array' {
        'alpha', 'beta', 'gamma' | ForEach-Object { Compress-Package $_ } | Out-Null

        (Import-LlamaGatePackage [ab]*a-*.zip -HomePath other).Id | Should -Be 'alpha', 'beta'
        ([IO.FileInfo]::new("$PWD/gamma-1.0.0.zip") | Import-LlamaGatePackage -HomePath other).Id | Should -Be 'gamma'
        (Import-LlamaGatePackage a*.zip).Id | Should -Be 'alpha'
        ('beta-1.0.0.zip' | Import-LlamaGatePackage).Id | Should -Be 'beta'
        (Import-LlamaGatePackage -Path alpha-1.0.0.zip, gamma-1.0.0.zip).Status | Should -Be 'Unchanged', 'Installed'
    }

    It 'is silent about a wildcard that matches nothing, but for a verbose line' {
        $lines = Import-LlamaGatePackage *.zip -Verbose -ErrorAction Stop 4>&1

        $lines | Should -BeOfType Management.Automation.VerboseRecord
        "$lines" | Should -BeLike '*[*].zip*'
        $env:LLAMAGATE_HOME | Should -Not -Exist
    }

    It 'takes a path that exists as it is written for no wildcard: <_>' -ForEach @(
        "Import-LlamaGatePackage 'odd[1].zip'"
        "Import-LlamaGatePackage -LiteralPath 'odd[1].zip'"
        "Import-LlamaGatePackage 'odd``[1``].zip'"
        "[pscustomobject]@{ Path = 'odd[1].zip' } | Import-LlamaGatePackage"
    ) {
        Compress-Package literal | Rename-Item -NewName 'odd[1].zip'
        Compress-Package wildcard | Rename-Item -NewName odd1.zip

        (& ([scriptblock]::Create($_))).Id | Should -Be 'literal'
    }

    It 'names a path without a package: <_>' -ForEach @(
        'Import-LlamaGatePackage missing.zip'
        'Import-LlamaGatePackage -LiteralPath missing.zip'
        "'missing.zip' | Import-LlamaGatePackage"
    ) {
        $command = [scriptblock]::Create($_)
        $ErrorActionPreference = 'Continue' # As at the prompt.
        $problem = & $command 2>&1

        $problem.FullyQualifiedErrorId | Should -Be (Get-ErrorId PackageNotFound Import-LlamaGatePackage)
        $problem.CategoryInfo.Category, $problem.TargetObject | Should -Be 'ObjectNotFound', (Join-Path $PWD 'missing.zip')
        "$problem" | Should -BeLike 'There is no package at*'
        $ErrorActionPreference = 'Stop'
        { & $command } | Should -Throw -ErrorId $problem.FullyQualifiedErrorId
    }

    It 'refuses a path outside the file system and goes on with the rest' {
        $null = Compress-Package alpha

        $items = Import-LlamaGatePackage Variable:PWD, nowhere:x, alpha-1.0.0.zip -ErrorAction SilentlyContinue -ErrorVariable problems

        $items.Id | Should -Be 'alpha'
        $problems.FullyQualifiedErrorId | Should -Be (
            (Get-ErrorId NotFileSystemPath Import-LlamaGatePackage), (Get-ErrorId DriveNotFound Import-LlamaGatePackage))
        $problems[0].CategoryInfo.Category, $problems[0].TargetObject | Should -Be 'InvalidArgument', 'Variable:PWD'
    }

    It 'takes paths of TestDrive: for the package and the home' {
        $package = Compress-Package alpha
        $folder = "TestDrive:\$(Split-Path $PWD -Leaf)"

        $item = Import-LlamaGatePackage "$folder\$($package.Name)" -HomePath "$folder\other"

        $item.HomePath | Should -Be (Join-Path $PWD 'other')
        'other/extensions/installed/alpha/manifest.yaml' | Should -Exist
        $env:LLAMAGATE_HOME | Should -Not -Exist
    }

    It 'takes a path with spaces, brackets and letters beyond ASCII' {
        $folder = New-Item "my packages [v1] $([char] 0xE9)$([char] 0x4E2D)" -ItemType Directory
        $odd = Join-Path $folder 'alpha [1.0].zip'
        [IO.File]::Copy((Compress-Package alpha).FullName, $odd)

        (Import-LlamaGatePackage -LiteralPath $odd).Status | Should -Be 'Installed'
        (Import-LlamaGatePackage -Path $odd -Force).Status | Should -Be 'Updated'
        (Get-Item -LiteralPath $odd | Import-LlamaGatePackage -HomePath (Join-Path $folder 'home')).Status | Should -Be 'Installed'
        (Get-LlamaGateExtension -HomePath (Join-Path $folder 'home')).Id | Should -Be 'alpha'
    }
}
