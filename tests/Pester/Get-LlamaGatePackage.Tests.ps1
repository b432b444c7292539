Describe 'Get-LlamaGatePackage' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'tells what the manifests say and which files there are' {
        $null = Compress-Package alpha -Disabled

        $package = Get-LlamaGatePackage alpha-1.0.0.zip

        $package.Id, $package.Type, $package.Version, $package.Kind | Should -Be 'alpha', 'Extension', '1.0.0', 'workflow'
        $package.Description | Should -Be 'A package of the tests'
        $package.EnabledByDefault, $package.HotReload, $package.AutoStart, $package.LoadMode | Should -Be $false, $true, $false, 'eager'
        $package.Steps | Should -Be 'llm.chat'
        $package.Files.Path | Should -Be 'manifest.yaml', 'prompts/greeting.txt'
        Expand-Archive alpha-1.0.0.zip unpacked
        $package.Files | ForEach-Object { $_.Sha256 | Should -Be (Get-FileHash "unpacked/$($_.Path)").Hash }
    }

    It 'tells the steps of a module' {
        $package = Initialize-Package crew -Module | Get-LlamaGatePackage

        $package.Type, $package.Steps | Should -Be 'AgenticModule', 'summary'
        $package.LoadMode, $package.Kind | Should -Be $null, $null
    }

    It 'refuses what an import refuses, with the same id, and goes on' {
        'no zip' | Set-Content a.zip
        $null = Compress-Package beta

        $packages = Get-LlamaGatePackage *.zip -ErrorAction SilentlyContinue -ErrorVariable problems

        $packages.Id | Should -Be 'beta'
        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId PackageInvalid Get-LlamaGatePackage)
    }

    It 'writes nothing' {
        $null = Compress-Package alpha
        $before = Get-Snapshot $PWD

        $null = Get-LlamaGatePackage alpha-1.0.0.zip

        Get-Snapshot $PWD | Should -Be $before
    }
}
