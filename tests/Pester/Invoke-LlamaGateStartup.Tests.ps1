Describe 'Invoke-LlamaGateStartup' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'migrates, syncs and reports what is loaded' {
        $null = Initialize-Package old -Folder extensions/old
        $null = Initialize-Package found -Folder "$env:LLAMAGATE_HOME/extensions/installed/found"
        $null = New-Item "$env:LLAMAGATE_HOME/extensions/installed/broken/manifest.yaml" -Force -Value 'name: broken'

        $report = Invoke-LlamaGateStartup

        $report.Migrated.Id | Should -Be 'old'
        $report.Synchronized.Id | Should -Be 'found'
        $report.Installed.Id | Should -Be 'found', 'old'
        $report.Failed.Id | Should -Be 'broken'
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

        $report.Installed.Id | Should -Be 'both'
        $report.Legacy.Id, $report.Legacy.Path | Should -Be 'late', (Join-Path $PWD 'old' | Join-Path -ChildPath 'late')
        $report.Shadowed.Id, $report.Disabled.Id | Should -Be 'both', 'off'
    }

    It 'gives a report that goes through JSON' {
        Install-Extension alpha, beta

        $report = Invoke-LlamaGateStartup | ConvertTo-Json | ConvertFrom-Json

        $report.LoadedCount | Should -Be 2
        $report.Installed.Id | Should -Be 'alpha', 'beta'
    }

    It 'reports with -WhatIf what it would do, and does nothing' {
        $null = Initialize-Package old -Folder extensions/old
        $before = Get-Snapshot $PWD

        (Invoke-LlamaGateStartup -WhatIf).Migrated.Id | Should -Be 'old'

        Get-Snapshot $PWD | Should -Be $before
    }
}
