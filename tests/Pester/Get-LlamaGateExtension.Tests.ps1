Describe 'Get-LlamaGateExtension' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    AfterAll { Exit-TestFolder }

    BeforeEach {
        Enter-TestFolder
        Install-Extension beta, alpha
        $null = Initialize-Package gamma '2.0.0-rc.1' -Module -Disabled | Import-LlamaGatePackage | Disable-LlamaGateExtension
    }

    It 'lists what is installed by type, then id' {
        $items = Get-LlamaGateExtension

        $items.Id | Should -Be 'gamma', 'alpha', 'beta'
        $items.Type | Should -Be 'AgenticModule', 'Extension', 'Extension'
    }

    It 'lists <Ids> for <Command>' -ForEach @(
        @{ Command = 'Get-LlamaGateExtension -Type Extension'; Ids = @('alpha', 'beta') }
        @{ Command = 'Get-LlamaGateExtension -Enabled'; Ids = @('alpha', 'beta') }
        @{ Command = 'Get-LlamaGateExtension -Disabled'; Ids = @('gamma') }
        @{ Command = 'Get-LlamaGateExtension *a -Type AgenticModule'; Ids = @('gamma') }
        @{ Command = 'Get-LlamaGateExtension [a-b]*'; Ids = @('alpha', 'beta') }
        @{ Command = 'Get-LlamaGateExtension BETA, gamma'; Ids = @('gamma', 'beta') }
        @{ Command = "'beta', 'alpha' | Get-LlamaGateExtension"; Ids = @('beta', 'alpha') }
        @{ Command = 'Get-LlamaGateExtension | Where-Object Version -Like 2*'; Ids = @('gamma') }
    ) {
        (& ([scriptblock]::Create($Command))).Id | Should -Be $Ids
    }

    It 'is silent about a wildcard that matches nothing' {
        Get-LlamaGateExtension no* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'says that an id is not there, and lists the others' {
        $items = Get-LlamaGateExtension alpha, missing -ErrorAction SilentlyContinue -ErrorVariable problems

        $items.Id | Should -Be 'alpha'
        $problems[0].FullyQualifiedErrorId | Should -Be (Get-ErrorId ItemNotFound Get-LlamaGateExtension)
        $problems[0].CategoryInfo.Category, $problems[0].TargetObject | Should -Be 'ObjectNotFound', 'missing'
        "$($problems[0])" | Should -BeLike '*Get-LlamaGateExtension without -Id lists the registered items.'
    }

    It 'gives JSON that says everything' {
        $item = Get-LlamaGateExtension gamma | ConvertTo-Json | ConvertFrom-Json

        $item.PSObject.Properties.Name |
            Should -Be 'Id', 'Type', 'Name', 'Version', 'Enabled', 'InstalledAt', 'LastUpdatedAt', 'Path', 'HomePath', 'Source'
        $item.Type, $item.Version, $item.Enabled | Should -Be 'AgenticModule', '2.0.0-rc.1', $false
        $item.Path | Should -Be (Get-Item "$env:LLAMAGATE_HOME/agentic-modules/installed/gamma").FullName
    }

    It 'gives CSV that says everything' {
        Get-LlamaGateExtension | Export-Csv items.csv -NoTypeInformation

        $rows = Import-Csv items.csv
        $rows.Id | Should -Be 'gamma', 'alpha', 'beta'
        $rows.Enabled | Should -Be 'False', 'True', 'True'
        $rows[1].InstalledAt -as [DateTimeOffset] | Should -Not -BeNullOrEmpty
    }

    It 'gives times that compare' {
        $item = Get-LlamaGateExtension alpha

        $item.InstalledAt | Should -BeOfType DateTimeOffset
        $item.LastUpdatedAt | Should -Be $item.InstalledAt
        [DateTimeOffset]::UtcNow - $item.InstalledAt | Should -BeLessThan ([timespan]::FromMinutes(5))
    }

    It 'shows a table of one line an item' {
        $lines = (Get-LlamaGateExtension | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ }

        $lines | Should -HaveCount 5
        $lines[0] | Should -Match '^Id +Type +Version +Enabled +Name'
        $lines[2] | Should -Match '^gamma +AgenticModule +2\.0\.0-rc\.1 +False +gamma'
    }

    It 'groups, sorts and selects as any object does' {
        (Get-LlamaGateExtension | Group-Object Type -AsHashTable)['Extension'].Id | Should -Be 'alpha', 'beta'
        (Get-LlamaGateExtension | Sort-Object Id -Descending | Select-Object -First 1 -ExpandProperty Id) | Should -Be 'gamma'
    }

    It 'reads and never writes' {
        $before = Get-Snapshot $PWD

        $null = Get-LlamaGateExtension
        Get-LlamaGateExtension -HomePath not-there | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }

    It 'ends with one error where the registry cannot be read' {
        '{ not json' | Set-Content "$env:LLAMAGATE_HOME/registry/installed.json"

        { Get-LlamaGateExtension -ErrorAction Stop } | Should -Throw -ErrorId (Get-ErrorId RegistryCorrupt Get-LlamaGateExtension)
    }

    It 'refuses a home outside the file system' {
        { Get-LlamaGateExtension -HomePath Env:\home -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId NotFileSystemPath Get-LlamaGateExtension)
    }

    It 'completes -Id with what the home holds, and -Type with its names' {
        $line = "Get-LlamaGateExtension -HomePath '$env:LLAMAGATE_HOME' -Id "
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Sort-Object | Should -Be 'alpha', 'beta', 'gamma'
        (TabExpansion2 "${line}be" ($line.Length + 2)).CompletionMatches[0].ToolTip | Should -Be 'Extension beta 1.0.0 (enabled)'

        $line = 'Get-LlamaGateExtension -Type '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'AgenticModule', 'Extension'
    }

    Context 'Items that are compared' {
        BeforeEach {
            Enter-TestFolder
            Install-Extension alpha, beta, gamma
        }

        It 'are unique by type, id, version and state' {
            $items = @(Get-LlamaGateExtension) + @(Disable-LlamaGateExtension alpha -PassThru) + @(Get-LlamaGateExtension)

            @($items | Select-Object -Unique).Count | Should -Be 4
            $items | Sort-Object -Unique | ForEach-Object { "$_ $($_.Enabled)" } |
                Should -Be 'alpha False', 'alpha True', 'beta True', 'gamma True'
        }

        It 'are the same in two homes where these are' {
            $null = Get-LlamaGateExtension | Export-LlamaGatePackage -Destination packages/ |
                Import-LlamaGatePackage -HomePath other
            Disable-LlamaGateExtension gamma -HomePath other

            $differences = Compare-Object (Get-LlamaGateExtension) (Get-LlamaGateExtension -HomePath other)

            $differences | ForEach-Object { "$($_.InputObject) $($_.SideIndicator)" } | Sort-Object |
                Should -Be 'gamma <=', 'gamma =>'
        }
    }
}
