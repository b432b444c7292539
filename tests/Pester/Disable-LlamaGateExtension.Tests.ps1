Describe 'Disable-LlamaGateExtension' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    BeforeEach {
        Enter-TestFolder
        Install-Extension alpha, beta
    }

    It 'disables, and is silent' {
        Disable-LlamaGateExtension alpha -ErrorAction Stop -WarningVariable warnings | Should -BeNullOrEmpty

        $warnings | Should -BeNullOrEmpty
        (Get-LlamaGateExtension -Disabled).Id | Should -Be 'alpha'
        (Get-Content "$env:LLAMAGATE_HOME/registry/installed.json" -Raw | ConvertFrom-Json).enabled | Should -Be $false, $true
    }

    It 'takes what an import emits' {
        $items = Compress-Package gamma | Import-LlamaGatePackage | Disable-LlamaGateExtension -PassThru

        $items.PSTypeNames[0] | Should -Be 'LlamaGate.InstalledItem'
        $items.Id, $items.Enabled | Should -Be 'gamma', $false
    }

    It 'says when it takes effect in a verbose line' {
        $lines = Disable-LlamaGateExtension alpha -Verbose 4>&1

        $lines.Message -join ' ' | Should -Match 'next start'
    }

    It 'takes items of several homes, and goes on where one cannot be used' {
        $one = Initialize-Package one | Import-LlamaGatePackage -HomePath one
        $two = Initialize-Package two -Folder from-two | Import-LlamaGatePackage -HomePath two

        $one, $two, $one | Disable-LlamaGateExtension -ErrorAction Stop
        (Get-LlamaGateExtension -HomePath one -Disabled).Id | Should -Be 'one'
        (Get-LlamaGateExtension -HomePath two -Disabled).Id | Should -Be 'two'

        '{ not json' | Set-Content one/registry/installed.json
        $items = $one, $two, $one | Disable-LlamaGateExtension -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems

        $items.Id | Should -Be 'two'
        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId RegistryCorrupt Disable-LlamaGateExtension)
    }

    It 'writes one error for a home that another process changes' {
        $lock = Lock-Home
        try {
            $ErrorActionPreference = 'Continue' # As at the prompt.
            $output = 'alpha', 'beta' | Disable-LlamaGateExtension -LockTimeoutSeconds 0 2>&1 3>&1
        }
        finally {
            $lock.Dispose()
        }

        $output | Should -HaveCount 1
        $output.FullyQualifiedErrorId | Should -Be (Get-ErrorId StoreLocked Disable-LlamaGateExtension)
        $output.CategoryInfo.Category | Should -Be 'ResourceBusy'
    }

    It 'stops when the pipeline has enough' {
        (Disable-LlamaGateExtension * -PassThru | Select-Object -First 1).Id | Should -Be 'alpha'

        (Get-LlamaGateExtension -Enabled).Id | Should -Be 'beta'
    }

    It 'leaves an item that is disabled as it is when it is disabled again' {
        $first = Disable-LlamaGateExtension alpha -PassThru

        (Disable-LlamaGateExtension alpha -PassThru).Enabled | Should -BeFalse
        (Get-LlamaGateExtension alpha).InstalledAt | Should -Be $first.InstalledAt
    }

    It 'takes deserialized items' {
        Get-LlamaGateExtension beta | Export-Clixml items.xml

        (Import-Clixml items.xml | Disable-LlamaGateExtension -PassThru).Id | Should -Be 'beta'
    }

    It 'sets $? and -ErrorVariable for what is not there, and goes on' {
        Disable-LlamaGateExtension missing, no*, beta, nobody -ErrorAction SilentlyContinue -ErrorVariable problems
        $succeeded = $?

        $succeeded | Should -BeFalse
        $problems.FullyQualifiedErrorId | Select-Object -Unique | Should -Be (Get-ErrorId ItemNotFound Disable-LlamaGateExtension)
        $problems.TargetObject | Should -Be 'missing', 'nobody'
        (Get-LlamaGateExtension -Disabled).Id | Should -Be 'beta'
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $before = Get-Snapshot $PWD

        Get-LlamaGateExtension | Disable-LlamaGateExtension -WhatIf
        Disable-LlamaGateExtension * -WhatIf -HomePath not-there -ErrorAction Stop

        Get-Snapshot $PWD | Should -Be $before
    }

    It 'completes -Id' {
        $line = 'Disable-LlamaGateExtension b'

        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'beta'
    }
}
