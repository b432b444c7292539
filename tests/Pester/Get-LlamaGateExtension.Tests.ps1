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
        @{ Command = 'Get-LlamaGateExtension -Enabled -Disabled'; Ids = @('gamma', 'alpha', 'beta') }
        @{ Command = 'Get-LlamaGateExtension *A -Type agenticmodule'; Ids = @('gamma') }
        @{ Command = 'Get-LlamaGateExtension *A -Enabled'; Ids = @('alpha', 'beta') }
        @{ Command = 'Get-LlamaGateExtension alpha, a*, gamma'; Ids = @('gamma', 'alpha') }
        @{ Command = 'Get-LlamaGateExtension [a-b]*'; Ids = @('alpha', 'beta') }
        @{ Command = 'Get-LlamaGateExtension BETA, gamma'; Ids = @('gamma', 'beta') }
        @{ Command = "'beta', 'alpha' | Get-LlamaGateExtension"; Ids = @('beta', 'alpha') }
        @{ Command = 'Get-LlamaGateExtension | Where-Object Version -Like 2*'; Ids = @('gamma') }
    ) {
        $ErrorActionPreference = 'Stop'

        (& ([scriptblock]::Create($Command))).Id | Should -Be $Ids
    }

    It 'reads the registry once for the ids of a pipeline' {
        # A registry with the size and the times of the one before shows that it is not read again for each id.
        $registry = "$env:LLAMAGATE_HOME/registry/installed.json"
        $written = [IO.File]::GetLastWriteTimeUtc($registry)
        $items = & {
            'alpha'
            [IO.File]::WriteAllText($registry, [IO.File]::ReadAllText($registry).Replace('1.0.0', '9.9.9'))
            [IO.File]::SetLastWriteTimeUtc($registry, $written)
            'beta'
        } | Get-LlamaGateExtension

        $items.Version | Should -Be '1.0.0', '1.0.0'
        ('alpha', 'beta' | Get-LlamaGateExtension).Version | Should -Be '9.9.9', '9.9.9'
    }

    It 'is silent about a wildcard that matches nothing' {
        Get-LlamaGateExtension no* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'says that an id is not there, and lists the others' {
        $items = Get-LlamaGateExtension alpha, missing -ErrorAction SilentlyContinue -ErrorVariable problems

        $items.Id | Should -Be 'alpha'
        $problems[0].FullyQualifiedErrorId | Should -Be (Get-ErrorId ItemNotFound Get-LlamaGateExtension)
        $problems[0].CategoryInfo.Category, $problems[0].TargetObject | Should -Be 'ObjectNotFound', 'missing'
        "$($problems[0])" | Should -BeLike 'item not found*Get-LlamaGateExtension without -Id lists the registered items.'
    }

    It 'gives objects that have only plain values' {
        $item = Get-LlamaGateExtension gamma

        $item.PSTypeNames[0] | Should -Be 'LlamaGate.InstalledItem'
        foreach ($property in $item.PSObject.Properties) {
            $null -eq $property.Value -or $property.Value -is [string] -or $property.Value -is [bool] -or $property.Value -is [DateTimeOffset] |
                Should -BeTrue -Because $property.Name
        }
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
        $before = [DateTimeOffset]::UtcNow
        Install-Extension delta
        $after = [DateTimeOffset]::UtcNow

        $item = Get-LlamaGateExtension delta

        $item.InstalledAt | Should -BeOfType DateTimeOffset
        $item.LastUpdatedAt | Should -Be $item.InstalledAt
        $item.InstalledAt | Should -BeGreaterOrEqual $before
        $item.InstalledAt | Should -BeLessOrEqual $after
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
        Get-LlamaGateExtension -HomePath not-there -ErrorAction Stop | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }

    It 'reads while another process changes the home' {
        $lock = Lock-Home
        try {
            (Get-LlamaGateExtension -ErrorAction Stop).Id | Should -Be 'gamma', 'alpha', 'beta'
            (Export-LlamaGatePackage alpha out.zip -ErrorAction Stop).Id | Should -Be 'alpha'
        }
        finally {
            $lock.Dispose()
        }
    }

    It 'writes one error for a registry that cannot be read, whatever the pipeline brings' {
        '{ not json' | Set-Content "$env:LLAMAGATE_HOME/registry/installed.json"

        'alpha', 'beta', 'gamma' | Get-LlamaGateExtension -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty

        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be (Get-ErrorId RegistryCorrupt Get-LlamaGateExtension)
        "$($problems[0])" | Should -BeLike '*Sync-LlamaGateExtension*'
    }

    It 'takes a path of PowerShell for the home: <_>' -ForEach @(
        'home', './home', 'TestDrive:/{0}/home', 'TestDrive:\{0}\home', 'Microsoft.PowerShell.Core\FileSystem::{1}/home'
    ) {
        $path = $_ -f (Split-Path $PWD -Leaf), "$PWD"

        $items = Get-LlamaGateExtension -HomePath $path -ErrorAction Stop

        $items.HomePath | Select-Object -Unique | Should -Be (Join-Path $PWD 'home')
    }

    It 'takes ~ for the folder of the user' {
        Get-LlamaGateExtension missing -HomePath ~/no-home-of-the-tests -ErrorAction SilentlyContinue -ErrorVariable problems

        "$problems" | Should -BeLike "*$(Join-Path (Get-PSProvider FileSystem).Home 'no-home-of-the-tests')*"
    }

    It 'refuses <HomePath> for the home, once' -ForEach @(
        @{ HomePath = 'Env:\home'; ErrorId = 'NotFileSystemPath' }
        @{ HomePath = 'nowhere:home'; ErrorId = 'DriveNotFound' }
    ) {
        'alpha', 'beta' | Get-LlamaGateExtension -HomePath $HomePath -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty

        $problems.FullyQualifiedErrorId | Should -Be (Get-ErrorId $ErrorId Get-LlamaGateExtension)
    }

    It 'writes one error for a bad value in the pipeline, and goes on: <Command>' -ForEach @(
        @{ Command = "'x[', 'alpha' | Get-LlamaGateExtension" }
        @{ Command = "'x[', 'alpha' | Test-LlamaGateExtension" }
        @{ Command = "`$null = Initialize-Package alpha | Import-LlamaGatePackage -Force; 'x[', 'alpha' | Get-LlamaGateBackup" }
        @{ Command = "`$null = Initialize-Package alpha | Import-LlamaGatePackage -Force; 'x[', 'alpha' | Restore-LlamaGateExtension" }
        @{ Command = "Get-LlamaGateExtension 'x[', alpha" }
        @{ Command = "[pscustomobject]@{ Id = 'alpha'; HomePath = 'Env:\x' }, (Get-LlamaGateExtension alpha) | Get-LlamaGateExtension" }
        @{ Command = "'x[', 'alpha' | Disable-LlamaGateExtension -PassThru" }
        @{ Command = "[pscustomobject]@{ Id = 'alpha'; HomePath = 'NoSuchDrive:\x' }, (Get-LlamaGateExtension alpha) | Disable-LlamaGateExtension -PassThru" }
    ) {
        $ErrorActionPreference = 'Continue' # As at the prompt.
        $output = & ([scriptblock]::Create($Command)) 2>&1

        $output | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Should -HaveCount 1
        ($output | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] }).Id | Should -Be 'alpha'
    }

    Context 'Items in the pipeline' {
        BeforeEach {
            $null = Initialize-Package twin | Import-LlamaGatePackage -HomePath other
            $null = Compress-Package twin -Module | Import-LlamaGatePackage -HomePath other -WarningAction SilentlyContinue
            $script:twin = Get-LlamaGateExtension -Type Extension -HomePath other
        }

        It 'bring their id, type and home to <Command>, also when they were remote' -ForEach @(
            @{ Command = { $input | Get-LlamaGateExtension } }
            @{ Command = { $input | Disable-LlamaGateExtension -PassThru } }
            @{ Command = { $input | Enable-LlamaGateExtension -PassThru } }
            @{ Command = { $input | Export-LlamaGatePackage -Destination out/ -Force } }
            @{ Command = { $input | Remove-LlamaGateExtension -PassThru } }
        ) {
            $ErrorActionPreference = 'Stop'
            $twin | Export-Clixml twin.xml

            $local = $twin | & $Command
            $null = Import-LlamaGatePackage twin -HomePath other -WarningAction SilentlyContinue
            $remote = Import-Clixml twin.xml | & $Command

            $local.Id, $remote.Id | Should -Be 'twin', 'twin'
            $local.Type, $remote.Type | Should -Be 'Extension', 'Extension'
        }
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
