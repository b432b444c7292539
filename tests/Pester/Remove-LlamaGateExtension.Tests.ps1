Describe 'Remove-LlamaGateExtension' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    BeforeEach {
        Enter-TestFolder
        Install-Extension alpha, beta, gamma
    }

    It 'removes files, backups and registration, and is silent' {
        $null = Compress-Package alpha 1.1.0 | Import-LlamaGatePackage

        Remove-LlamaGateExtension alpha | Should -BeNullOrEmpty

        (Get-LlamaGateExtension).Id | Should -Be 'beta', 'gamma'
        Get-ChildItem $env:LLAMAGATE_HOME -Recurse -Filter alpha* | Should -BeNullOrEmpty
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'wildcards'; Remove = { Remove-LlamaGateExtension *m*, *l* } }
        @{ What = 'ids in the pipeline'; Remove = { 'alpha', 'gamma' | Remove-LlamaGateExtension } }
        @{ What = 'items in the pipeline'; Remove = { Get-LlamaGateExtension | Where-Object Id -NE 'beta' | Remove-LlamaGateExtension } }
        @{ What = 'items where ids are asked for'; Remove = { Remove-LlamaGateExtension (Get-LlamaGateExtension alpha, gamma) } }
        @{
            What   = 'rows of CSV'
            Remove = {
                Get-LlamaGateExtension alpha, gamma | Export-Csv gone.csv -NoTypeInformation
                Import-Csv gone.csv | Remove-LlamaGateExtension
            }
        }
        @{
            What   = 'deserialized items'
            Remove = {
                Get-LlamaGateExtension alpha, gamma | Export-Clixml gone.xml
                Import-Clixml gone.xml | Remove-LlamaGateExtension
            }
        }
    ) {
        & $Remove

        (Get-LlamaGateExtension).Id | Should -Be 'beta'
    }

    It 'takes items from the home that they are in' {
        $null = Compress-Package alpha | Import-LlamaGatePackage -HomePath other
        Get-LlamaGateExtension -HomePath other | Export-Clixml other.xml

        Import-Clixml other.xml | Remove-LlamaGateExtension

        Get-LlamaGateExtension -HomePath other | Should -BeNullOrEmpty
        Get-LlamaGateExtension | Should -HaveCount 3
    }

    It 'emits what it removed with -PassThru' {
        $items = Remove-LlamaGateExtension a*, g* -PassThru

        $items[0].PSTypeNames[0] | Should -Be 'LlamaGate.InstalledItem'
        $items.Id | Should -Be 'alpha', 'gamma'
        $items | ForEach-Object { Test-Path $_.Path } | Should -Be $false, $false
    }

    It 'asks for the type where two items share an id' {
        $null = Compress-Package alpha -Module | Import-LlamaGatePackage -WarningAction SilentlyContinue -WarningVariable warnings
        $warnings | Should -HaveCount 1

        $problem = { Remove-LlamaGateExtension alpha -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId AmbiguousId Remove-LlamaGateExtension) -PassThru
        $problem.CategoryInfo.Category, $problem.TargetObject | Should -Be 'InvalidArgument', 'alpha'
        Remove-LlamaGateExtension alpha -Type Extension -ErrorAction Stop
        (Get-LlamaGateExtension alpha).Type | Should -Be 'AgenticModule'
    }

    It 'writes one error for what is not there and goes on' {
        'alpha', 'missing', 'beta' | Remove-LlamaGateExtension -ErrorAction SilentlyContinue -ErrorVariable problems
        $succeeded = $?

        $succeeded | Should -BeFalse
        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId ItemNotFound Remove-LlamaGateExtension)
        $problems[0].CategoryInfo.Category, $problems[0].TargetObject | Should -Be 'ObjectNotFound', 'missing'
        "$problems" | Should -BeLike '*item not found*'
        (Get-LlamaGateExtension).Id | Should -Be 'gamma'
    }

    It 'ends at the first error with -ErrorAction Stop, and can be caught' {
        $problem = { 'missing', 'alpha' | Remove-LlamaGateExtension -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId ItemNotFound Remove-LlamaGateExtension) -PassThru

        $problem.Exception.ErrorId, $problem.Exception.Target | Should -Be 'ItemNotFound', 'missing'
        Get-LlamaGateExtension | Should -HaveCount 3
    }

    It 'writes one error for a home that another process changes' {
        $lock = Lock-Home
        try {
            $ErrorActionPreference = 'Continue' # As at the prompt.
            $output = Remove-LlamaGateExtension * -LockTimeoutSeconds 0 2>&1 3>&1
        }
        finally {
            $lock.Dispose()
        }

        $output | Should -HaveCount 1
        $output.FullyQualifiedErrorId | Should -Be (Get-ErrorId StoreLocked Remove-LlamaGateExtension)
        $output.CategoryInfo.Category | Should -Be 'ResourceBusy'
    }

    It 'is silent about a wildcard that matches nothing' {
        Remove-LlamaGateExtension no* -ErrorAction Stop

        Get-LlamaGateExtension | Should -HaveCount 3
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $before = Get-Snapshot $PWD

        Get-LlamaGateExtension | Remove-LlamaGateExtension -WhatIf -PassThru | Should -BeNullOrEmpty
        Remove-LlamaGateExtension * -WhatIf -HomePath not-there -ErrorAction Stop | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }

    It 'asks nobody with -Confirm:$false, whatever the preference' {
        $ConfirmPreference = 'Low'

        Remove-LlamaGateExtension * -Confirm:$false

        Get-LlamaGateExtension | Should -BeNullOrEmpty
    }
}
