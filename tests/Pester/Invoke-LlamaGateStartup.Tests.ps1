Describe 'Invoke-LlamaGateStartup' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'migrates, syncs and reports what is loaded' {
        $null = Initialize-Package old -Folder extensions/old
        $null = Initialize-Package found -Folder "$env:LLAMAGATE_HOME/extensions/installed/found"
        $null = New-Item "$env:LLAMAGATE_HOME/extensions/installed/broken/manifest.yaml" -Force -Value 'name: broken'

        $report = Invoke-LlamaGateStartup

        $report.Migrated | Should -Be 'extension old 1.0.0'
        $report.Synchronized | Should -Match 'found'
        $report.Installed | Should -HaveCount 2
        $report.Failed | Should -Match 'broken'
        $report.LoadedCount, $report.DisabledCount, $report.FailedCount | Should -Be 2, 0, 1
        (Get-LlamaGateExtension).Id | Should -Be 'found', 'old'
    }

    It 'prefers what is installed to what is legacy' {
        Install-Extension both, off
        Disable-LlamaGateExtension off
        $null = Invoke-LlamaGateStartup
        $null = New-Item "$env:LLAMAGATE_HOME/.migration_complete" -Force
        $null = Initialize-Package both 0.9.0 -Folder old/both
        $null = Initialize-Package late -Folder old/late

        $report = Invoke-LlamaGateStartup old

        $report.Installed | Should -Be 'extension both 1.0.0'
        $report.Legacy | Should -Be "extension late 1.0.0: $(Join-Path $PWD 'old' | Join-Path -ChildPath 'late')"
        $report.Disabled | Should -Be 'extension off 1.0.0'
    }

    It 'gives a report that goes through JSON' {
        Install-Extension alpha, beta

        $report = Invoke-LlamaGateStartup | ConvertTo-Json | ConvertFrom-Json

        $report.LoadedCount | Should -Be 2
        $report.Installed | Should -Be 'extension alpha 1.0.0', 'extension beta 1.0.0'
    }

    It 'reports with -WhatIf what it would do, and does nothing' {
        $null = Initialize-Package old -Folder extensions/old
        $before = Get-Snapshot $PWD

        (Invoke-LlamaGateStartup -WhatIf).Migrated | Should -Be 'extension old 1.0.0'

        Get-Snapshot $PWD | Should -Be $before
    }
}
