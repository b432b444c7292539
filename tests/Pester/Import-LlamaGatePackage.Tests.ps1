Describe 'Import-LlamaGatePackage' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach { Enter-TestFolder }
    AfterAll { Exit-TestFolder }



    It 'installs the zip files that Get-ChildItem finds' {
        $null = Compress-Package alpha
        $null = Compress-Package beta -Module

        $items = Get-ChildItem *.zip | Import-LlamaGatePackage

        $items.Id | Should -Be 'alpha', 'beta'
        $items.Type | Should -Be 'Extension', 'AgenticModule'
        $items.Status | Should -Be 'Installed', 'Installed'
        $items.Enabled | Should -Be $true, $true
        $items[0].PSTypeNames[0] | Should -Be 'LlamaGate.ImportedItem'
        $items[0].Version, $items[0].PreviousVersion, $items[0].HomePath | Should -Be '1.0.0', $null, $env:LLAMAGATE_HOME
        $items[0].Path | Should -Be (Get-Item "$env:LLAMAGATE_HOME/extensions/installed/alpha").FullName
        Get-Content "$env:LLAMAGATE_HOME/extensions/installed/alpha/prompts/greeting.txt" | Should -Be 'Hello from alpha 1.0.0'
        "$env:LLAMAGATE_HOME/agentic-modules/installed/beta/agenticmodule.yaml" | Should -Exist
    }

    It 'installs the folders that Get-ChildItem finds' {
        $items = Get-ChildItem "$repository/samples/packages" -Directory | Import-LlamaGatePackage -WarningAction SilentlyContinue

        $items.Id | Should -Be 'request-logger', 'summarize-text', 'ticket-triage', 'webhook-receiver'
        ($items | Where-Object Enabled -EQ $false).Id | Should -Be 'webhook-receiver'
    }

    It 'refuses the value of -<Name> <Value>' -ForEach @(
        @{ Name = 'Type'; Value = 'Plugin' }
        @{ Name = 'MaxEntryCount'; Value = 0 }
        @{ Name = 'MaxUnpackedBytes'; Value = 0 }
        @{ Name = 'LockTimeoutSeconds'; Value = -1 }
        @{ Name = 'HomePath'; Value = '' }
    ) {
        $arguments = @{ $Name = $Value }

        { Import-LlamaGatePackage alpha.zip @arguments } | Should -Throw -ErrorId (Get-ErrorId ParameterArgumentValidationError Import-LlamaGatePackage)
    }

    It 'takes a zip with everything in one folder' {
        $null = Compress-Archive -Path (Initialize-Package alpha) -DestinationPath whole.zip

        (Import-LlamaGatePackage whole.zip).Id | Should -Be 'alpha'
        "$env:LLAMAGATE_HOME/extensions/installed/alpha/manifest.yaml" | Should -Exist
    }

    It 'registers what it imported before the pipeline ended early: <_>' -ForEach @(
        'Get-ChildItem *.zip | Import-LlamaGatePackage | Select-Object -First 1'
        'foreach ($once in 1) { Get-ChildItem *.zip | Import-LlamaGatePackage | ForEach-Object { $_; break } }'
    ) {
        'alpha', 'beta', 'gamma' | ForEach-Object { Compress-Package $_ } | Out-Null

        (& ([scriptblock]::Create($_))).Id | Should -Be 'alpha'

        (Get-Content "$env:LLAMAGATE_HOME/registry/installed.json" -Raw | ConvertFrom-Json).id | Should -Be 'alpha'
    }

    It 'updates, and keeps the choice of the user' {
        Install-Extension alpha
        Disable-LlamaGateExtension alpha

        $item = Compress-Package alpha 1.1.0 | Import-LlamaGatePackage

        $item.Status, $item.PreviousVersion, $item.Version, $item.Enabled | Should -Be 'Updated', '1.0.0', '1.1.0', $false
        Get-ChildItem "$env:LLAMAGATE_HOME/extensions/backups/alpha" | Should -HaveCount 1
    }

    It 'leaves what is the same as it is, unless -Force' {
        $package = Compress-Package alpha
        $null = $package | Import-LlamaGatePackage
        $before = Get-Snapshot $env:LLAMAGATE_HOME

        ($package | Import-LlamaGatePackage).Status | Should -Be 'Unchanged'
        Get-Snapshot $env:LLAMAGATE_HOME | Should -Be $before
        ($package | Import-LlamaGatePackage -Force).Status | Should -Be 'Updated'
    }

    It 'takes enabled_default of the package for the first state' {
        (Compress-Package alpha -Disabled | Import-LlamaGatePackage).Enabled | Should -BeFalse
    }

    It 'disables with -Disabled, also what is the same and enabled' {
        $package = Compress-Package alpha

        ($package | Import-LlamaGatePackage -Disabled).Enabled | Should -BeFalse
        Enable-LlamaGateExtension alpha
        ($package | Import-LlamaGatePackage -Disabled).Enabled | Should -BeFalse
        (Get-LlamaGateExtension).Enabled | Should -BeFalse
    }

    It 'refuses an id that differs from an installed one in case alone' {
        Install-Extension alpha

        $problem = { Compress-Package ALPHA | Import-LlamaGatePackage -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId IdConflict Import-LlamaGatePackage) -PassThru

        $problem.CategoryInfo.Category | Should -Be 'ResourceExists'
    }

    It 'writes one error for a home that another process changes: <_>' -ForEach @(
        "'alpha-2.0.0.zip', 'beta-2.0.0.zip' | Import-LlamaGatePackage -LockTimeoutSeconds 0"
        'Import-LlamaGatePackage *-2.0.0.zip -LockTimeoutSeconds 0'
    ) {
        Install-Extension alpha, beta
        'alpha', 'beta' | ForEach-Object { Compress-Package $_ 2.0.0 } | Out-Null
        $lock = Lock-Home
        try {
            $ErrorActionPreference = 'Continue' # As at the prompt.
            $output = & ([scriptblock]::Create($_)) 2>&1 3>&1
        }
        finally {
            $lock.Dispose()
        }

        $output | Should -HaveCount 1
        $output.FullyQualifiedErrorId | Should -Be (Get-ErrorId StoreLocked Import-LlamaGatePackage)
        $output.CategoryInfo.Category | Should -Be 'ResourceBusy'
    }

    It 'writes one error for a bad package and goes on with the rest, <How>' -ForEach @(
        @{ How = 'from the pipeline'; Import = { Get-ChildItem *.zip | Import-LlamaGatePackage @args } }
        @{ How = 'in an array'; Import = { Import-LlamaGatePackage alpha-1.0.0.zip, beta-1.0.0.zip, gamma-1.0.0.zip @args } }
    ) {
        $null = Compress-Package alpha
        $null = Compress-Package gamma
        'no zip' | Set-Content beta-1.0.0.zip

        $items = . $Import -ErrorAction SilentlyContinue -ErrorVariable problems

        $items.Id | Should -Be 'alpha', 'gamma'
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be (Get-ErrorId PackageInvalid Import-LlamaGatePackage)
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $problems[0].TargetObject | Should -Be (Join-Path $PWD 'beta-1.0.0.zip')
    }

    It 'can be caught, and lists each problem with its place' {
        $folder = Initialize-Package alpha
        @('name: alpha', 'version: one', 'type: workflow', 'steps: []') | Set-Content "$folder/manifest.yaml" -Encoding Ascii

        try {
            Import-LlamaGatePackage $folder -ErrorAction Stop
            throw 'Nothing was thrown.'
        }
        catch {
            $_.FullyQualifiedErrorId | Should -Be (Get-ErrorId ManifestInvalid Import-LlamaGatePackage)
            $_.Exception.Message | Should -BeLike '*manifest validation failed*'
            $_.Exception.ErrorId | Should -Be 'ManifestInvalid'
            $_.Exception.Problems.Field | Sort-Object | Should -Be 'description', 'steps', 'version'
            $_.Exception.Problems.File | Select-Object -Unique | Should -Be 'manifest.yaml'
            $_.CategoryInfo.Category | Should -Be 'InvalidData'
            $version = $_.Exception.Problems | Where-Object Field -EQ 'version'
            $version.File, $version.Line, $version.Column, $version.Severity | Should -Be 'manifest.yaml', 2, 10, 'Error'
        }

        $env:LLAMAGATE_HOME | Should -Not -Exist
    }

    It 'says <ErrorId> of <What>' -ForEach @(
        @{ What = 'a path that is not there'; Arguments = @{ Path = 'missing.zip' }; ErrorId = 'PackageNotFound' }
        @{ What = 'an extension for a module'; Arguments = @{ Path = 'alpha'; Type = 'AgenticModule' }; ErrorId = 'PackageTypeMismatch' }
        @{ What = 'too many files'; Arguments = @{ Path = 'alpha'; MaxEntryCount = 1 }; ErrorId = 'PackageInvalid' }
        @{ What = 'too many bytes'; Arguments = @{ Path = 'alpha'; MaxUnpackedBytes = 10 }; ErrorId = 'PackageInvalid' }
        @{ What = 'a folder without a manifest'; Arguments = @{ Path = 'alpha/prompts' }; ErrorId = 'PackageInvalid' }
        @{ What = 'a file that is not what was packed'; Arguments = @{ Path = 'forged' }; ErrorId = 'ChecksumMismatch' }
    ) {
        $null = Initialize-Package alpha
        $null = Initialize-Package forged
        "$('0' * 64)  manifest.yaml" | Set-Content forged/checksums.txt -Encoding Ascii

        { Import-LlamaGatePackage @Arguments -ErrorAction Stop } | Should -Throw -ErrorId (Get-ErrorId $ErrorId Import-LlamaGatePackage)
        Get-LlamaGateExtension | Should -BeNullOrEmpty
        'alpha/manifest.yaml' | Should -Exist
    }

    It 'names the file that is not what was packed' {
        $null = Initialize-Package forged
        "$('0' * 64)  manifest.yaml" | Set-Content forged/checksums.txt -Encoding Ascii

        $problem = { Import-LlamaGatePackage forged -ErrorAction Stop } | Should -Throw '*manifest.yaml*' -PassThru

        $problem.CategoryInfo.Category | Should -Be 'InvalidData'
    }

    It 'shows with -WhatIf what it would do, and does nothing' {
        Install-Extension alpha
        $null = Compress-Package alpha 1.1.0
        $before = Get-Snapshot $PWD

        Get-ChildItem *.zip | Import-LlamaGatePackage -WhatIf | Should -BeNullOrEmpty
        Get-ChildItem *.zip | Import-LlamaGatePackage -WhatIf -HomePath not-there -ErrorAction Stop | Should -BeNullOrEmpty

        Get-Snapshot $PWD | Should -Be $before
    }

    It 'finds a bad package with -WhatIf' {
        'no zip' | Set-Content bad.zip

        { Import-LlamaGatePackage bad.zip -WhatIf -ErrorAction Stop } |
            Should -Throw -ErrorId (Get-ErrorId PackageInvalid Import-LlamaGatePackage)
    }

    It 'asks nobody with -Confirm:$false, whatever the preference' {
        $package = Compress-Package alpha
        $ConfirmPreference = 'Low'

        ($package | Import-LlamaGatePackage -Confirm:$false).Status | Should -Be 'Installed'
    }

    It 'imports with -WhatIf:$false, whatever the preference' {
        $package = Compress-Package alpha
        $WhatIfPreference = $true

        ($package | Import-LlamaGatePackage -WhatIf:$false).Status | Should -Be 'Installed'
    }

    It 'can be followed by a command that changes the same home' {
        'alpha', 'beta' | ForEach-Object { Compress-Package $_ } | Out-Null

        $items = Get-ChildItem *.zip | Import-LlamaGatePackage -LockTimeoutSeconds 1 |
            Disable-LlamaGateExtension -PassThru -LockTimeoutSeconds 1 -ErrorAction Stop |
            ForEach-Object { Get-LlamaGateExtension $_.Id }

        $items.Id | Should -Be 'alpha', 'beta'
        $items.Enabled | Should -Be $false, $false
    }

    It 'works in the runspaces of ForEach-Object -Parallel' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $packages = 1..6 | ForEach-Object { Compress-Package "item-$_" }

        $items = $packages | ForEach-Object -ThrottleLimit 3 -Parallel {
            Import-Module $using:manifest
            $_ | Import-LlamaGatePackage -LockTimeoutSeconds 3600
        }

        $items | Should -HaveCount 6
        (Get-LlamaGateExtension).Id | Should -Be (1..6 | ForEach-Object { "item-$_" })
    }

    It 'works in a job' {
        $package = (Compress-Package alpha).FullName

        $item = Start-Job {
            Import-Module $using:manifest
            Import-LlamaGatePackage $using:package
        } | Receive-Job -Wait -AutoRemoveJob

        $item.Id, $item.Status | Should -Be 'alpha', 'Installed'
        (Get-LlamaGateExtension).Id | Should -Be 'alpha'
    }
}
