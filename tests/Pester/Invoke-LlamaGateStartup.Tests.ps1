Describe 'Invoke-LlamaGateStartup' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'migrates, syncs and reports what is loaded' {
        $null = Initialize-Package old -Folder extensions/old
        $null = Initialize-Package found -Folder "$env:LLAMAGATE_HOME/extensions/installed/found"
        $null = New-Item "$env:LLAMAGATE_HOME/extensions/installed/broken/manifest.yaml" -Force -Value 'name: broken'

        $report = Invoke-LlamaGateStartup -ErrorAction Stop

        $report.Migrated.Id | Should -Be 'old'
        $report.Synchronized.Id | Should -Be 'found'
        $report.Installed.Id | Should -Be 'found', 'old'
        $report.Legacy | Should -BeNullOrEmpty
        $report.Failed.Id | Should -Be 'broken'
        $report.Items | ForEach-Object { "$($_.Source) $($_.Status) $($_.Id)" } | Should -Contain 'Legacy Shadowed old'
        $report.Items | ForEach-Object { "$($_.Source) $($_.Status) $($_.Id)" } | Should -Contain 'Installed Loaded old'
        $report.LoadedCount, $report.DisabledCount, $report.FailedCount | Should -Be 2, 0, 1
        (Get-LlamaGateExtension).Id | Should -Be 'found', 'old'
    }

    It 'warns that a folder that was typed is not there' {
        $null = Invoke-LlamaGateStartup typed -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1

        $null = Invoke-LlamaGateStartup -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'prefers what is installed to what is legacy, unless it is disabled' {
        Install-Extension both, off
        Disable-LlamaGateExtension off
        $null = Invoke-LlamaGateStartup
        $null = New-Item "$env:LLAMAGATE_HOME/.migration_complete" -Force
        $null = Initialize-Package both 0.9.0 -Folder old/both
        $null = Initialize-Package late -Folder old/late
        $null = Initialize-Package off -Folder old/off

        $report = Invoke-LlamaGateStartup old

        $report.Installed.Id | Should -Be 'both'
        $report.Legacy.Id | Should -Be 'late', 'off'
        $report.Legacy.Path | Should -Be (Get-Item old/late, old/off).FullName
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
