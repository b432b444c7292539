Describe 'Publish-LlamaGatePackage' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach {
        Enter-TestFolder
        $null = New-Item feed -ItemType Directory
    }

    AfterAll { Exit-TestFolder }

    It 'publishes files and folders' {
        $null = Compress-Package alpha
        $null = Initialize-Package beta -Version 2.0.0 -Module

        $published = Publish-LlamaGatePackage alpha-1.0.0.zip, beta -Repository ./feed

        $published.Name | Should -Be 'alpha', 'beta'
        $published.Version | Should -Be '1.0.0', '2.0.0'
        $published.Type | Should -Be 'Extension', 'AgenticModule'
        Get-ChildItem feed -Recurse -Filter *.nupkg | Should -HaveCount 2
    }

    It 'publishes an installed item under another id' {
        Install-Extension alpha

        (Publish-LlamaGatePackage -Id alpha -Repository ./feed -PackageId Contoso.Alpha).Name | Should -Be 'Contoso.Alpha'

        (Install-LlamaGatePackage Contoso.Alpha -Repository ./feed -HomePath "$PWD/other").Id | Should -Be 'alpha'
    }

    It 'leaves a version that is there' {
        $package = Compress-Package alpha
        $null = $package | Publish-LlamaGatePackage -Repository ./feed
        $before = Get-Snapshot feed

        { $package | Publish-LlamaGatePackage -Repository ./feed -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId PublishFailed Publish-LlamaGatePackage)
        Get-Snapshot feed | Should -BeExactly $before
    }

    It 'sends nothing with -WhatIf' {
        Compress-Package alpha | Publish-LlamaGatePackage -Repository ./feed -WhatIf

        Get-ChildItem feed | Should -BeNullOrEmpty
    }

    It 'publishes the rest where one is not a package' {
        $null = New-Item broken.zip -Value 'no zip'
        $null = Compress-Package alpha

        $published = Get-ChildItem *.zip | Publish-LlamaGatePackage -Repository ./feed -ErrorVariable failures -ErrorAction SilentlyContinue

        $published.Name | Should -Be 'alpha'
        $failures.FullyQualifiedErrorId | Should -Be (Get-ErrorId PackageInvalid Publish-LlamaGatePackage)
    }
}
