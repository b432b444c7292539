Describe 'Test-LlamaGatePackage' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'describes a valid package' {
        $zip = Compress-Package alpha

        $result = Test-LlamaGatePackage alpha-1.0.0.zip

        $result.Path | Should -Be $zip.FullName
        $result.Id, $result.Type, $result.Version, $result.IsValid, $result.FileCount | Should -Be 'alpha', 'Extension', '1.0.0', $true, 2
        $result.UnpackedLength | Should -BeGreaterThan 0
        $result.HasChecksums | Should -BeFalse
        $result.Problems | Should -BeNullOrEmpty
    }

    It 'tells of an invalid package what is wrong, and where, and gives no error' {
        $null = Initialize-Package alpha
        'version: one' | Set-Content alpha/extension.yaml -Encoding Ascii

        $result = Test-LlamaGatePackage alpha -ErrorAction Stop

        $result.IsValid | Should -BeFalse
        $problem = $result.Problems
        $problem.File, $problem.Line, $problem.Column, $problem.Field, $problem.Severity | Should -Be 'extension.yaml', 1, 10, 'version', 'Error'
        $problem.Message | Should -BeLike '*semantic version*'
    }

    It 'takes a warning for a problem with -Strict alone' {
        $null = New-Item alpha -ItemType Directory
        'name: alpha', 'version: 1.0.0' | Set-Content alpha/extension.yaml -Encoding Ascii

        Test-LlamaGatePackage alpha -Quiet | Should -BeTrue
        Test-LlamaGatePackage alpha -Quiet -Strict | Should -BeFalse
    }

    It 'takes wildcards, literal paths, files and strings' {
        $null = Compress-Package alpha
        $null = Compress-Package beta
        Rename-Item beta-1.0.0.zip 'beta[1].zip'

        (Test-LlamaGatePackage *.zip).Id | Should -Be 'alpha', 'beta'
        (Test-LlamaGatePackage -LiteralPath 'beta[1].zip').Id | Should -Be 'beta'
        (Get-ChildItem *.zip | Test-LlamaGatePackage).Id | Should -Be 'alpha', 'beta'
        ('alpha-1.0.0.zip', 'beta[1].zip' | Test-LlamaGatePackage).Id | Should -Be 'alpha', 'beta'
    }

    It 'filters what is imported' {
        $null = Compress-Package alpha
        'no zip' | Set-Content broken.zip

        (Test-LlamaGatePackage *.zip | Where-Object IsValid | Import-LlamaGatePackage).Id | Should -Be 'alpha'
    }

    It 'says that a package is not there, and goes on' {
        $null = Compress-Package alpha

        $results = Test-LlamaGatePackage missing.zip, alpha-1.0.0.zip -ErrorAction SilentlyContinue -ErrorVariable problems

        $results.Id | Should -Be 'alpha'
        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId PackageNotFound Test-LlamaGatePackage)
    }

    It 'writes nothing' {
        $null = Compress-Package alpha
        $before = Get-Snapshot $PWD

        $null = Test-LlamaGatePackage alpha-1.0.0.zip

        Get-Snapshot $PWD | Should -Be $before
    }
}
