Describe 'Test-LlamaGateHome' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }

    It 'finds nothing in a home that is well, and writes nothing' {
        Install-Extension alpha
        $before = Get-Snapshot $PWD

        Test-LlamaGateHome | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }

    It 'finds <Id>, and its remedy ends it' -ForEach @(
        @{ Id = 'LegacyCopy'; Severity = 'Information' }
        @{ Id = 'StaleBackups'; Severity = 'Information' }
        @{ Id = 'DisabledAndLoaded'; Severity = 'Warning' }
        @{ Id = 'NotRegistered'; Severity = 'Warning' }
        @{ Id = 'Modified'; Severity = 'Warning' }
        @{ Id = 'GatewayRefuses'; Severity = 'Warning' }
        @{ Id = 'StepMissing'; Severity = 'Warning' }
        @{ Id = 'StepDisabled'; Severity = 'Warning' }
        @{ Id = 'NotAnItem'; Severity = 'Error' }
        @{ Id = 'GatewayBackupLost'; Severity = 'Warning' }
        @{ Id = 'TemplatesElsewhere'; Severity = 'Information' }
        @{ Id = 'RegistryUnreadable'; Severity = 'Error' }
        @{ Id = 'JournalUnreadable'; Severity = 'Error' }
        @{ Id = 'RegistryUnreadableByGateway'; Severity = 'Error' }
        @{ Id = 'FolderMissing'; Severity = 'Error' }
        @{ Id = 'RegistryDiffers'; Severity = 'Warning' }
        @{ Id = 'NameShadowed'; Severity = 'Warning' }
        @{ Id = 'DisabledByManifest'; Severity = 'Information' }
        @{ Id = 'LegacyCopyLoaded'; Severity = 'Warning' }
        @{ Id = 'LegacyOnly'; Severity = 'Information' }
        @{ Id = 'LegacyModule'; Severity = 'Information' }
        @{ Id = 'LegacyModuleRuns'; Severity = 'Warning' }
        @{ Id = 'StaleChecksums'; Severity = 'Information' }
        @{ Id = 'StaleStaging'; Severity = 'Information' }
        @{ Id = 'GatewayBackup'; Severity = 'Information' }
        @{ Id = 'LookFailed'; Severity = 'Error' }
    ) {
        Install-Extension alpha
        switch ($Id) {
            'LegacyCopy' { $null = Initialize-Package alpha -Folder extensions/alpha }
            'StaleBackups' { $null = New-Item "$env:LLAMAGATE_HOME/extensions/backups/gone/20260101-000000-000" -ItemType Directory }
            'DisabledAndLoaded' {
                $null = Initialize-Package other -Folder "$env:LLAMAGATE_HOME/extensions/installed/folder"
                $null = Sync-LlamaGateExtension -WarningAction SilentlyContinue
                Disable-LlamaGateExtension folder
            }
            'NotRegistered' { $null = Initialize-Package found -Folder "$env:LLAMAGATE_HOME/extensions/installed/found" }
            'Modified' { Add-Content "$env:LLAMAGATE_HOME/extensions/installed/alpha/manifest.yaml" '# mine' }
            'GatewayRefuses' {
                $package = Initialize-Package beta
                Add-Content "$package/manifest.yaml" 'outputs:', '  type: object'
                $null = Import-LlamaGatePackage $package -WarningAction SilentlyContinue
            }
            'StepMissing' { $null = Initialize-Package crew -Module | Import-LlamaGatePackage }
            'StepDisabled' {
                Install-Extension summary
                $null = Initialize-Package crew -Module | Import-LlamaGatePackage
                Disable-LlamaGateExtension summary
            }
            'NotAnItem' {
                $null = New-Item "$env:LLAMAGATE_HOME/extensions/installed/broken" -ItemType Directory
                'name: [' | Set-Content "$env:LLAMAGATE_HOME/extensions/installed/broken/manifest.yaml"
            }
            'GatewayBackupLost' {
                $null = Initialize-Package lost -Folder "$env:LLAMAGATE_HOME/extensions/installed/backups/lost/20260101-000000"
            }
            'TemplatesElsewhere' {
                $package = Initialize-Package beta
                Add-Content "$package/manifest.yaml" '  - uses: template.load'
                $null = New-Item "$package/templates" -ItemType Directory
                'Hello' | Set-Content "$package/templates/hello.txt"
                $null = Import-LlamaGatePackage $package
            }
            'RegistryUnreadable' { '{ no json' | Set-Content "$env:LLAMAGATE_HOME/registry/installed.json" }
            'JournalUnreadable' { 'nonsense', 'more nonsense' | Set-Content "$env:LLAMAGATE_HOME/registry/journal.jsonl" }
            'RegistryUnreadableByGateway' {
                $registry = "$env:LLAMAGATE_HOME/registry/installed.json"
                [IO.File]::WriteAllText($registry, [IO.File]::ReadAllText($registry), [Text.UTF8Encoding]::new($true))
            }
            'FolderMissing' { Remove-Folder "$env:LLAMAGATE_HOME/extensions/installed/alpha" }
            'RegistryDiffers' { $null = Initialize-Package alpha 2.0.0 -Folder "$env:LLAMAGATE_HOME/extensions/installed/alpha" }
            'NameShadowed' {
                $package = Initialize-Package alpha -Folder twin
                'id: twin' | Set-Content "$package/extension.yaml"
                $null = Import-LlamaGatePackage $package -WarningAction SilentlyContinue
            }
            'DisabledByManifest' {
                $null = Initialize-Package quiet -Disabled | Import-LlamaGatePackage
                Enable-LlamaGateExtension quiet -WarningAction SilentlyContinue
            }
            'LegacyCopyLoaded' {
                Disable-LlamaGateExtension alpha
                $null = Initialize-Package alpha -Folder extensions/alpha
            }
            'LegacyOnly' {
                'done' | Set-Content "$env:LLAMAGATE_HOME/.migration_complete"
                $null = Initialize-Package old -Folder extensions/old
            }
            { $_ -like 'LegacyModule*' } {
                $null = Initialize-Package crew -Module | Import-LlamaGatePackage
                $null = Initialize-Package crew -Module -Folder agenticmodules/crew
            }
            'LegacyModuleRuns' { Disable-LlamaGateExtension crew }
            'StaleChecksums' { $null = New-Item "$env:LLAMAGATE_HOME/registry/checksums/extension/gone.sha256" }
            'StaleStaging' {
                $staging = New-Item "$env:LLAMAGATE_HOME/tmp/import/import-123" -ItemType Directory
                $staging.LastWriteTime = [datetime] '2026-01-01'
            }
            'GatewayBackup' {
                $null = Initialize-Package alpha -Folder "$env:LLAMAGATE_HOME/extensions/installed/backups/alpha/20260101-000000"
            }
            'LookFailed' {
                $null = New-Item "$env:LLAMAGATE_HOME/agentic-modules" -ItemType Directory -Force
                'mine' | Set-Content "$env:LLAMAGATE_HOME/agentic-modules/installed"
            }
        }

        $finding = Test-LlamaGateHome | Where-Object Id -EQ $Id | Select-Object -First 1
        $finding.Severity | Should -Be $Severity

        $null = & ([scriptblock]::Create($finding.Remedy)) 3> $null

        Test-LlamaGateHome | Where-Object Id -EQ $Id | Should -BeNullOrEmpty
    }

    It 'gives a remedy that works for <What>' -ForEach @(
        @{ Id = 'NotAnItem'; What = 'a folder whose name cannot be an id' }
        @{ Id = 'DisabledAndLoaded'; What = 'an extension.yaml whose last line has no end' }
        @{ Id = 'DisabledAndLoaded'; What = 'an extension.yaml with another id' }
        @{ Id = 'LegacyCopy'; What = 'a folder that was set aside before' }
        @{ Id = 'LegacyCopy'; What = 'a folder with quotes of every kind' }
    ) {
        Install-Extension alpha
        $folder = "$env:LLAMAGATE_HOME/extensions/installed/folder"
        switch -Wildcard ($What) {
            '*name cannot be*' { $null = Initialize-Package mine -Folder "$env:LLAMAGATE_HOME/extensions/installed/my [item]" }
            'an extension.yaml*' {
                $null = Initialize-Package other -Folder $folder
                $text = if ($What -like '*another id') { "id: other`n" } else { 'hot_reload: true' }
                [IO.File]::WriteAllText("$folder/extension.yaml", $text)
                $null = Sync-LlamaGateExtension -WarningAction SilentlyContinue
                Disable-LlamaGateExtension folder
            }
            '*set aside*' {
                $null = Initialize-Package alpha -Folder extensions/alpha
                'mine' | Set-Content extensions/alpha/manifest.yaml.off
            }
            '*quotes*' { $null = Initialize-Package alpha -Folder "extensions/it$([char] 0x2019)s 'my' $([char] 0x2018)own$([char] 0x201b)" }
        }

        $finding = Test-LlamaGateHome | Where-Object Id -EQ $Id

        $null = & ([scriptblock]::Create($finding.Remedy)) 3> $null

        Test-LlamaGateHome | Where-Object Id -EQ $Id | Should -BeNullOrEmpty
    }

    Context 'where the gateway reads the home' {
        BeforeEach {
            $script:gateways = @()
            $script:profiles = @{ HOME = $env:HOME; USERPROFILE = $env:USERPROFILE }
            $env:HOME = $env:USERPROFILE = "$PWD"
            $env:LLAMAGATE_HOME = Join-Path $PWD .llamagate
        }

        AfterEach {
            $gateways | ForEach-Object { Close-Gateway $_ }
            $profiles.GetEnumerator() | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Key, $_.Value) }
            $env:LLAMAGATE_API_KEY = $null
        }

        It 'finds <Id>, and its remedy ends it' -ForEach @(
            @{ Id = 'GatewayBehind'; Severity = 'Warning' }
            @{ Id = 'GatewayRejects'; Severity = 'Information' }
            @{ Id = 'GatewayWithoutExtensions'; Severity = 'Information' }
            @{ Id = 'GatewayAnswersOddly'; Severity = 'Information' }
            @{ Id = 'DotEnvUnreadable'; Severity = 'Warning' }
        ) {
            $nothing = '{"extensions": [], "count": 0}'
            switch ($Id) {
                'GatewayBehind' {
                    Install-Extension alpha
                    $alpha = '{"extensions": [{"name": "alpha", "version": "1.0.0", "enabled": true}]}'
                    $script:gateways = @(Open-Gateway 200 $nothing -AfterRefresh $alpha)
                }
                'GatewayRejects' {
                    $script:gateways = @(Open-Gateway 401 $nothing -Key s3cret)
                    $answer = 's3cret'
                }
                { $_ -in 'GatewayWithoutExtensions', 'GatewayAnswersOddly' } {
                    $script:gateways = @(Open-Gateway 200 $nothing)
                    $answer = $env:PORT
                    $script:gateways += Open-Gateway $(if ($Id -eq 'GatewayAnswersOddly') { 500 } else { 404 }) '{}'
                }
                'DotEnvUnreadable' { 'PORT' | Set-Content .env }
            }

            Mock Read-Host { $answer } # The prompt would need a person.
            $finding = Test-LlamaGateHome | Where-Object Id -EQ $Id
            $finding.Severity | Should -Be $Severity

            $null = . ([scriptblock]::Create($finding.Remedy))

            Test-LlamaGateHome | Where-Object Id -EQ $Id | Should -BeNullOrEmpty
        }
    }

    # .NET takes no locks in a process that began with this variable, and only on Linux and macOS.
    Context 'where locks do not hold' -Skip:([Environment]::OSVersion.Platform -ne 'Unix') {
        BeforeAll {
            $script:import = "Import-Module '$manifest'"
            $script:look = '(Test-LlamaGateHome | Where-Object Id -EQ LocksDoNotHold).Remedy'
        }

        BeforeEach {
            Install-Extension alpha
            $env:DOTNET_SYSTEM_IO_DISABLEFILELOCKING = 'true'
        }

        AfterEach { $env:DOTNET_SYSTEM_IO_DISABLEFILELOCKING = $null }

        It 'finds that they are switched off, and the remedy ends it in a new process' {
            $remedy = Invoke-ChildShell -Command "$import; $look"
            $remedy | Should -Not -BeNullOrEmpty
            function pwsh { Invoke-ChildShell -Command "$import; $look" }

            & ([scriptblock]::Create($remedy)) | Should -BeNullOrEmpty
        }

        # A process that has begun so looks like one on such a file system once the variable is gone.
        It 'finds that a file system has none, and the remedy ends it with a copy elsewhere' {
            $copy = Join-Path $PWD 'a copy'
            $script = @"
                $import
                `$env:DOTNET_SYSTEM_IO_DISABLEFILELOCKING = `$null
                function Read-Host { '$copy' }
                `$remedy = $look
                "`$remedy"
                `$null = . ([scriptblock]::Create(`$remedy)) 3> `$null
                `$env:LLAMAGATE_HOME
                (Get-LlamaGateExtension).Id
"@

            $remedy, $place, $id = Invoke-ChildShell -Command $script
            $env:DOTNET_SYSTEM_IO_DISABLEFILELOCKING = $null
            $env:LLAMAGATE_HOME = $place

            $remedy | Should -BeLike '*Copy-Item*'
            $place, $id | Should -Be $copy, 'alpha'
            Test-LlamaGateHome | Should -BeNullOrEmpty
        }
    }

    # A process without the right of root to read everything; other users have none to lose.
    Context 'where something is forbidden' {
        BeforeDiscovery {
            $isUnix = [Environment]::OSVersion.Platform -eq 'Unix'
            $isRoot = $isUnix -and (id -u) -eq '0'
            $script:canForbid = $isUnix -and (-not $isRoot -or (Get-Command setpriv -ErrorAction Ignore))
        }

        It 'finds <Id>, and its remedy ends it' -Skip:(-not $canForbid) -TestCases @(
            @{ Id = 'NoPermission'; Path = 'tmp/import'; Mode = 500 }
            @{ Id = 'NotVerified'; Path = 'extensions/installed/alpha/prompts/greeting.txt'; Mode = 0 }
            @{ Id = 'LookFailed'; Path = 'extensions/installed'; Mode = 0 }
        ) {
            Install-Extension alpha
            chmod $Mode "$env:LLAMAGATE_HOME/$Path"
            $script = @"
                Import-Module '$manifest'
                function Find { Test-LlamaGateHome | Where-Object Id -EQ $Id }
                `$remedy = (Find | Select-Object -First 1).Remedy
                "`$remedy"
                & ([scriptblock]::Create(`$remedy))
                "left: `$(@(Find).Count)"
"@

            $lines = Invoke-ChildShell -Unprivileged -Command $script

            $lines[0] | Should -BeLike 'chmod *'
            $lines[-1] | Should -Be 'left: 0'
        }
    }

    It 'goes through JSON' {
        $null = Initialize-Package alpha -Folder "$env:LLAMAGATE_HOME/extensions/installed/alpha"

        $finding = Test-LlamaGateHome | ConvertTo-Json | ConvertFrom-Json

        $finding.Id, $finding.Item, $finding.Type | Should -Be 'NotRegistered', 'alpha', 'Extension'
    }
}
