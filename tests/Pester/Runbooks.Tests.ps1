Describe 'The runbooks' {
    BeforeAll {
        . "$PSScriptRoot/LlamaGate.Pester.ps1"
        $script:runbooks = Join-Path $repository 'samples/runbooks'
    }

    AfterAll { Exit-TestFolder }

    Context 'Deploy-LlamaGatePackage.ps1' {
        BeforeAll {
            $script:deploy = "$runbooks/Deploy-LlamaGatePackage.ps1"

            # The folder of packages of each test.
            function Add-DesiredPackage ([string] $Id, [string] $Version = '1.0.0', [switch] $Module) {
                Move-Item (Compress-Package $Id $Version -Module:$Module) "desired/$(if ($Module) { 'module-' })$Id-$Version.zip"
            }
        }

        BeforeEach {
            Enter-TestFolder
            $null = New-Item desired -ItemType Directory
            Add-DesiredPackage alpha
            Add-DesiredPackage beta
        }

        It 'imports what is missing, and changes nothing the second time' {
            (& $deploy desired).Action | Should -Be 'Installed', 'Installed'
            $LASTEXITCODE | Should -Be 0
            $before = Get-Snapshot $env:LLAMAGATE_HOME

            (& $deploy desired -Prune).Action | Should -Be 'Unchanged', 'Unchanged'

            $LASTEXITCODE | Should -Be 0
            Get-Snapshot $env:LLAMAGATE_HOME | Should -Be $before
        }

        It 'updates, disables, enables and removes until the home is as it should be' {
            Install-Extension alpha, gamma
            Disable-LlamaGateExtension alpha
            Remove-Item desired/alpha-1.0.0.zip
            Add-DesiredPackage alpha 1.1.0
            Add-DesiredPackage gamma -Module

            $steps = & $deploy desired -Disabled beta -Prune

            $LASTEXITCODE | Should -Be 0
            $steps | ForEach-Object { "$($_.Action) $($_.Type) $($_.Id) $($_.Version)".Trim() } | Should -Be @(
                'Updated Extension alpha 1.1.0'
                'Installed AgenticModule gamma 1.0.0'
                'Imported'
                'Installed Extension beta 1.0.0'
                'Enabled Extension alpha 1.1.0'
                'Removed Extension gamma 1.0.0'
            )
            ($steps | Where-Object Level -EQ 'Warning').Message | Should -BeLike "*'gamma'*"
            (Get-LlamaGateExtension -Enabled).Id | Should -Be 'gamma', 'alpha'
            (Get-LlamaGateExtension -Disabled).Id | Should -Be 'beta'
        }

        It 'never has an item enabled that shall be disabled, and tells the gateway last' {
            $null = & $deploy desired -Disabled alpha

            $LASTEXITCODE | Should -Be 0
            (Get-LlamaGateExtension -Disabled).Id | Should -Be 'alpha'
            (& $deploy desired -Disabled alpha) | Where-Object Action -NE 'Unchanged' | Should -BeNullOrEmpty
        }

        It 'leaves states and other items alone unless it is told to' {
            Install-Extension alpha, gamma
            Disable-LlamaGateExtension alpha

            $null = & $deploy desired

            (Get-LlamaGateExtension -Disabled).Id | Should -Be 'alpha'
            (Get-LlamaGateExtension).Id | Should -Be 'alpha', 'beta', 'gamma'
        }

        It 'touches nothing when <What>' -ForEach @(
            @{ What = 'a package cannot be used'; Break = { 'no zip' | Set-Content desired/bad.zip } }
            @{ What = 'two packages bring the same item'; Break = { Add-DesiredPackage alpha 2.0.0 } }
            @{ What = 'there are no packages'; Break = { Remove-Item desired/*.zip } }
            @{ What = 'the folder is not there'; Break = { Remove-Folder desired } }
        ) {
            Install-Extension gamma
            $before = Get-Snapshot $env:LLAMAGATE_HOME
            & $Break

            (& $deploy desired -Prune).Level | Should -Be 'Error'

            $LASTEXITCODE | Should -Be 2
            Get-Snapshot $env:LLAMAGATE_HOME | Should -Be $before
        }

        It 'shows with -WhatIf what it would do, and does nothing' {
            Install-Extension gamma
            $before = Get-Snapshot $PWD

            & $deploy desired -Prune -Disabled @() -LogPath run.jsonl -WhatIf | Should -BeNullOrEmpty

            $LASTEXITCODE | Should -Be 0
            Get-Snapshot $PWD | Should -Be $before
        }

        It 'runs in a process of its own, with an exit code and a log of JSON lines' {
            $modulePath = $env:PSModulePath
            try {
                $env:PSModulePath = (Split-Path (Split-Path $manifest)) + [IO.Path]::PathSeparator + $modulePath
                $null = Invoke-ChildShell -File $deploy desired -Prune -HomePath other -LogPath run.jsonl
                $LASTEXITCODE | Should -Be 0
                $null = Invoke-ChildShell -File $deploy nowhere -HomePath other -LogPath run.jsonl
                $LASTEXITCODE | Should -Be 2
            }
            finally {
                $env:PSModulePath = $modulePath
            }

            $steps = Get-Content run.jsonl | ConvertFrom-Json
            $steps.Action | Should -Be 'Installed', 'Installed', 'Failed'
            $steps.Id | Should -Be 'alpha', 'beta', $null
            (Get-LlamaGateExtension -HomePath other).Id | Should -Be 'alpha', 'beta'
        }
    }

    Context 'Backup-LlamaGateExtension.ps1' {
        BeforeAll { $script:backup = "$runbooks/Backup-LlamaGateExtension.ps1" }

        BeforeEach {
            Enter-TestFolder
            Install-Extension alpha, beta, off
            Disable-LlamaGateExtension off
            $null = Initialize-Package alpha -Module | Import-LlamaGatePackage -WarningAction SilentlyContinue
        }

        It 'exports what is enabled, with hashes that are right' {
            $steps = & $backup backups -LogPath run.jsonl

            $LASTEXITCODE | Should -Be 0
            $steps.Id | Should -Be 'alpha', 'alpha', 'beta'
            $folder = (Get-ChildItem backups).FullName
            $lines = Get-Content "$folder/SHA256SUMS"
            $lines | Should -HaveCount 3
            foreach ($line in $lines) {
                $hash, $name = $line -split '  ', 2
                (Get-FileHash "$folder/$name").Hash | Should -Be $hash
            }

            (Get-Content run.jsonl | ConvertFrom-Json).Action | Should -Be 'Exported', 'Exported', 'Exported'
        }

        It 'can be brought back' {
            $null = & $backup backups -IncludeDisabled

            $items = Get-ChildItem backups -Recurse -Filter *.zip | Import-LlamaGatePackage -HomePath other -WarningAction SilentlyContinue

            $items | Should -HaveCount 4
            $items.Status | Select-Object -Unique | Should -Be 'Installed'
        }

        It 'keeps the newest, and deletes nothing that is not a backup' {
            $null = New-Item backups/mine -ItemType Directory -Force

            $steps = 1..4 | ForEach-Object { & $backup backups -Keep 2 }

            ($steps | Where-Object Action -EQ 'Deleted') | Should -HaveCount 2
            (Get-ChildItem backups).Name | Should -HaveCount 3
            (Get-ChildItem backups).Name | Should -Contain 'mine'
            ($steps | Where-Object Action -EQ 'Exported')[-1].Path | Should -Exist
        }

        It 'deletes nothing when it fails, and says so' {
            $null = & $backup backups -Keep 1
            $kept = (Get-ChildItem backups).Name
            Remove-Folder "$env:LLAMAGATE_HOME/extensions/installed/beta"

            $steps = & $backup backups -Keep 1

            $LASTEXITCODE | Should -Be 1
            ($steps | Where-Object Level -EQ 'Error').Message | Should -BeLike '*source path does not exist*'
            (Get-ChildItem backups -Exclude *.incomplete).Name | Should -Be $kept
            Get-ChildItem backups -Filter *.incomplete | Should -HaveCount 1
        }

        It 'shows with -WhatIf what it would do, and does nothing' {
            $before = Get-Snapshot $PWD

            & $backup backups -WhatIf | Should -BeNullOrEmpty

            Get-Snapshot $PWD | Should -Be $before
        }
    }

    Context 'Repair-LlamaGateHome.ps1' {
        BeforeAll { $script:repair = "$runbooks/Repair-LlamaGateHome.ps1" }

        BeforeEach {
            Enter-TestFolder
            Install-Extension alpha, beta
        }

        It 'says that all is well' {
            $steps = & $repair -LogPath run.jsonl

            $LASTEXITCODE | Should -Be 0
            $steps.Message | Should -Be '2 items, 2 enabled, 0 repaired, 0 skipped'
            (Get-Content run.jsonl | ConvertFrom-Json).Action | Should -Be 'Summary'
        }

        It 'repairs what differs, also a registry that cannot be read' {
            Remove-Folder "$env:LLAMAGATE_HOME/extensions/installed/beta"
            (& $repair).Action | Should -Be 'Removed', 'Summary'
            '{ not json' | Set-Content "$env:LLAMAGATE_HOME/registry/installed.json"

            $steps = & $repair

            $LASTEXITCODE | Should -Be 0
            $steps[-2].Action, $steps[-2].Id | Should -Be 'Added', 'alpha'
            (Get-LlamaGateExtension).Id | Should -Be 'alpha'
        }

        It 'asks for a person where a folder is no item' {
            $null = New-Item "$env:LLAMAGATE_HOME/extensions/installed/notes/readme.txt" -Force

            $steps = & $repair

            $LASTEXITCODE | Should -Be 1
            ($steps | Where-Object Level -EQ 'Error').Id | Should -Be 'notes'
        }

        It 'fails where the home cannot be used' {
            (& $repair -HomePath Env:\home).Level | Should -Be 'Error'

            $LASTEXITCODE | Should -Be 2
        }

        It 'shows with -WhatIf what it would do, and does nothing' {
            Remove-Folder "$env:LLAMAGATE_HOME/extensions/installed/beta"
            $before = Get-Snapshot $PWD

            & $repair -WhatIf -LogPath run.jsonl | Should -BeNullOrEmpty

            Get-Snapshot $PWD | Should -Be $before
        }
    }

    # Each host is a process of its own behind a real session; Windows PowerShell cannot make such sessions.
    Context 'Deploy-LlamaGateFleet.ps1' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        BeforeAll {
            $script:fleet = "$runbooks/Deploy-LlamaGateFleet.ps1"

            function Open-Host {
                [CmdletBinding()]
                [OutputType([Management.Automation.Runspaces.PSSession])]
                param([string] $HomePath)

                $process = [Management.Automation.Runspaces.PowerShellProcessInstance]::new()
                $types = [Management.Automation.Runspaces.TypeTable]::LoadDefaultTypeFiles()
                $runspace = [runspacefactory]::CreateOutOfProcessRunspace($types, $process)
                $runspace.Open()
                $session = [Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $PSCmdlet)
                Invoke-Command -Session $session -ArgumentList $HomePath {
                    $env:LLAMAGATE_HOME = $args[0]
                    $env:TMPDIR = $env:TEMP = $env:TMP = (New-Item "$($args[0])-temp" -ItemType Directory).FullName
                    $env:PSModulePath = "$(Split-Path (Split-Path $using:manifest))$([IO.Path]::PathSeparator)$env:PSModulePath"
                }
                $session
            }
        }

        BeforeEach {
            Enter-TestFolder
            $null = New-Item desired -ItemType Directory
            'alpha', 'beta' | ForEach-Object { Move-Item (Compress-Package $_) desired }
            $script:sessions = 'one', 'two' | ForEach-Object { Open-Host (Join-Path $PWD $_) }
        }

        AfterEach { $sessions | Remove-PSSession }

        It 'brings the packages to each host, and its typed results back' {
            $results = & $fleet $sessions desired | Sort-Object SessionId

            $LASTEXITCODE | Should -Be 0
            $results.Succeeded | Should -Be $true, $true
            $results[1].Items.Status | Should -Be 'Installed', 'Installed'
            $results[1].Items[0].PSTypeNames | Should -Contain 'Deserialized.LlamaGate.ImportedItem'
            $results.Items.HomePath | Select-Object -Unique | Should -Be (Join-Path $PWD 'one'), (Join-Path $PWD 'two')
            'one', 'two' | ForEach-Object { (Get-LlamaGateExtension -HomePath $_).Id | Should -Be 'alpha', 'beta' }
        }

        It 'changes nothing the second time, and leaves no copies' {
            $null = & $fleet $sessions desired

            (& $fleet $sessions desired -ThrottleLimit 1).Items.Status | Select-Object -Unique | Should -Be 'Unchanged'

            Get-ChildItem one-temp, two-temp | Should -BeNullOrEmpty
        }

        It 'keeps the errors of a host with that host' {
            $null = New-Item one/registry/installed.json -Value '{ not json' -Force

            $results = & $fleet $sessions desired | Sort-Object SessionId

            $LASTEXITCODE | Should -Be 1
            $results.Succeeded | Should -Be $false, $true
            $results[0].Errors | Should -BeLike '*Sync-LlamaGateExtension*'
            $results[1].Items | Should -HaveCount 2
        }

        It 'goes on without a host that is lost <When>' -ForEach @(
            @{ When = 'before'; Lose = { $sessions[1].Runspace.Close() } }
            @{
                When = 'on the way'
                Lose = { Invoke-Command -Session $sessions[1] { function Import-LlamaGatePackage { [Environment]::Exit(1) } } }
            }
        ) {
            & $Lose

            $results = & $fleet $sessions desired | Sort-Object SessionId

            $LASTEXITCODE | Should -Be 1
            $results.Succeeded | Should -Be $true, $false
            $results[1].Errors | Should -HaveCount 1
        }

        It 'reports a host as soon as it is done, whatever the others do' {
            Invoke-Command -Session $sessions[0] {
                function Import-LlamaGatePackage {
                    for ($i = 0; $i -lt 72000 -and -not (Test-Path "$env:LLAMAGATE_HOME-go"); $i++) { Start-Sleep -Milliseconds 50 }
                }
            }

            $ids = & $fleet $sessions desired | ForEach-Object { $null = New-Item one-go -Force; $_.SessionId }

            $ids | Should -Be $sessions[1].Id, $sessions[0].Id
        }

        It 'touches no host with -WhatIf' {
            & $fleet $sessions desired -WhatIf | Should -BeNullOrEmpty

            $LASTEXITCODE | Should -Be 0
            'one', 'two' | Should -Not -Exist
        }
    }
}
