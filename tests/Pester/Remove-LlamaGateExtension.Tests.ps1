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
        @{ What = 'rows of CSV'; Remove = {
                Get-LlamaGateExtension alpha, gamma | Export-Csv gone.csv -NoTypeInformation
                Import-Csv gone.csv | Remove-LlamaGateExtension
            }
        }
        @{ What = 'deserialized items'; Remove = {
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

        $items.Id | Should -Be 'alpha', 'gamma'
        $items | ForEach-Object { Test-Path $_.Path } | Should -Be $false, $false
    }

    It 'asks for the type where two items share an id' {
        $null = Compress-Package alpha -Module | Import-LlamaGatePackage -WarningAction SilentlyContinue

        { Remove-LlamaGateExtension alpha -ErrorAction Stop } | Should -Throw -ErrorId (Get-ErrorId AmbiguousId Remove-LlamaGateExtension)
        Remove-LlamaGateExtension alpha -Type Extension
        (Get-LlamaGateExtension alpha).Type | Should -Be 'AgenticModule'
    }

    It 'writes one error for what is not there and goes on' {
        'alpha', 'missing', 'beta' | Remove-LlamaGateExtension -ErrorAction SilentlyContinue -ErrorVariable problems
        $succeeded = $?

        $succeeded | Should -BeFalse
        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId ItemNotFound Remove-LlamaGateExtension)
        $problems[0].TargetObject | Should -Be 'missing'
        (Get-LlamaGateExtension).Id | Should -Be 'gamma'
    }

    It 'is silent about a wildcard that matches nothing' {
        Remove-LlamaGateExtension no* -ErrorAction Stop

        Get-LlamaGateExtension | Should -HaveCount 3
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $before = Get-Snapshot $PWD

        Get-LlamaGateExtension | Remove-LlamaGateExtension -WhatIf -PassThru | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }

    It 'asks nobody with -Confirm:$false, whatever the preference' {
        $ConfirmPreference = 'Low'

        Remove-LlamaGateExtension * -Confirm:$false

        Get-LlamaGateExtension | Should -BeNullOrEmpty
    }
}
