Describe 'Invoke-LlamaGateRefresh' {
    BeforeAll { . "$PSScriptRoot/LlamaGate.Pester.ps1" }
    BeforeEach {
        Enter-TestFolder
        $script:gateway = $null
    }

    AfterEach {
        if ($gateway) {
            Close-Gateway $gateway
        }
    }

    AfterAll { Exit-TestFolder }

    It 'asks the gateway, with the key' {
        $script:gateway = Open-Gateway 200
        $env:LLAMAGATE_API_KEY = 's3cret'

        $result = Invoke-LlamaGateRefresh

        $result.Status, $result.StatusCode | Should -Be 'Refreshed', 200
        $gateway.Requests | Should -HaveCount 1
        "$($gateway.Requests)" | Should -BeLike 'POST /v1/extensions/refresh *X-API-Key: s3cret*'
        $result | ConvertTo-Json | Should -Not -BeLike '*s3cret*'
    }

    It 'says <Status> for the answer <StatusCode>' -ForEach @(
        @{ StatusCode = 206; Status = 'PartlyRefreshed'; Problems = 0 }
        @{ StatusCode = 401; Status = 'Rejected'; Problems = 1 }
        @{ StatusCode = 500; Status = 'Rejected'; Problems = 1 }
    ) {
        $script:gateway = Open-Gateway $StatusCode
        $env:LLAMAGATE_API_KEY = 's3cret'

        $result = Invoke-LlamaGateRefresh -ErrorAction SilentlyContinue -ErrorVariable failures

        $result.Status, $result.StatusCode | Should -Be $Status, $StatusCode
        $failures | Should -HaveCount $Problems
        foreach ($failure in $failures) {
            $failure.FullyQualifiedErrorId | Should -Be (Get-ErrorId RefreshFailed Invoke-LlamaGateRefresh)
            $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
            "$failure" | Should -Not -BeLike '*s3cret*'
        }
    }

    It 'can be caught where no gateway is running' {
        $env:LLAMAGATE_API_KEY = 's3cret'

        $problem = { Invoke-LlamaGateRefresh -ErrorAction Stop } | Should -Throw '*No gateway is running*' -PassThru

        $problem.FullyQualifiedErrorId | Should -Be (Get-ErrorId RefreshFailed Invoke-LlamaGateRefresh)
        $problem.CategoryInfo.Category | Should -Be 'ConnectionError'
        "$problem" | Should -Not -BeLike '*s3cret*'
        (Invoke-LlamaGateRefresh -ErrorAction SilentlyContinue).Status | Should -BeIn 'NotRunning', 'Failed'
    }

    It 'takes the address and the key of the line' {
        $script:gateway = Open-Gateway 200
        $uri, $env:PORT = "http://127.0.0.1:$env:PORT", '1'

        (Invoke-LlamaGateRefresh $uri -ApiKey other).Status | Should -Be 'Refreshed'

        "$($gateway.Requests)" | Should -BeLike '*X-API-Key: other*'
    }

    It 'refuses <_>, which is not the address of a gateway' -ForEach 'ftp://localhost', 'localhost' {
        $address = $_

        { Invoke-LlamaGateRefresh $address } | Should -Throw -ErrorId (Get-ErrorId RefreshFailed Invoke-LlamaGateRefresh)
    }

    It 'asks nobody with -WhatIf' {
        $script:gateway = Open-Gateway 200

        Invoke-LlamaGateRefresh -WhatIf | Should -BeNullOrEmpty

        $gateway.Requests | Should -BeNullOrEmpty
    }

    It 'is done once for a pipeline of imports, with what .env says, and shows no key' {
        $script:gateway = Open-Gateway 200
        "PORT=$env:PORT", 'LLAMAGATE_API_KEY=s3cret' | Set-Content .env -Encoding Ascii
        $env:PORT = $null
        $packages = 'alpha', 'beta' | ForEach-Object { Compress-Package $_ }

        $output = $packages | Import-LlamaGatePackage -Refresh -Verbose 3>&1 4>&1

        $output | Where-Object { $_.PSTypeNames[0] -eq 'LlamaGate.ImportedItem' } | Should -HaveCount 2
        $gateway.Requests | Should -HaveCount 1
        "$($gateway.Requests)" | Should -BeLike 'POST /v1/extensions/refresh *X-API-Key: s3cret*'
        "$output" | Should -Not -BeLike '*s3cret*'
    }

    Context 'A gateway is not called' {
        It 'by <_>' -ForEach @(
            'Import-LlamaGatePackage alpha-1.0.0.zip -Refresh -NoRefresh'
            'Import-LlamaGatePackage alpha-1.0.0.zip -Refresh -WhatIf'
            'Import-LlamaGatePackage missing.zip -Refresh -ErrorAction SilentlyContinue'
            'Invoke-LlamaGateMigration legacy -Refresh -NoRefresh'
            'Get-LlamaGateExtension'
        ) {
            $script:gateway = Open-Gateway 200
            $null = Compress-Package alpha
            $null = Initialize-Package old -Folder legacy/old

            $null = & ([scriptblock]::Create($_))

            $gateway.Requests | Should -BeNullOrEmpty
        }

        It 'for a home that it does not read, unless -Refresh' {
            $script:gateway = Open-Gateway 200
            $package = Compress-Package alpha

            ($package | Import-LlamaGatePackage -HomePath other).Status | Should -Be 'Installed'
            ($package | Import-LlamaGatePackage -HomePath other -NoRefresh -Force).Status | Should -Be 'Updated'

            $gateway.Requests | Should -BeNullOrEmpty
        }

        It 'for what is unchanged or says hot_reload: false' {
            $package = Compress-Package alpha
            $null = $package | Import-LlamaGatePackage
            $null = Initialize-Package cold
            'hot_reload: false' | Set-Content cold/extension.yaml -Encoding Ascii
            $script:gateway = Open-Gateway 200

            (Import-LlamaGatePackage alpha-1.0.0.zip, cold -Refresh).Status | Should -Be 'Unchanged', 'Installed'

            $gateway.Requests | Should -BeNullOrEmpty
        }
    }

    Context 'A gateway is called' {
        It 'once by <Command>, and only with -Refresh' -ForEach @{ Command = 'Disable' }, @{ Command = 'Remove' } {
            Install-Extension alpha, beta, gamma
            $script:gateway = Open-Gateway 200

            & "$Command-LlamaGateExtension" alpha
            & "$Command-LlamaGateExtension" beta -Refresh -WhatIf
            $gateway.Requests | Should -BeNullOrEmpty
            'beta', 'gamma' | & "$Command-LlamaGateExtension" -Refresh
            $gateway.Requests | Should -HaveCount 1
        }

        It 'when an item is enabled that was not' {
            Install-Extension alpha
            $script:gateway = Open-Gateway 200

            Enable-LlamaGateExtension alpha -Refresh
            $gateway.Requests | Should -BeNullOrEmpty
            Disable-LlamaGateExtension alpha
            Enable-LlamaGateExtension alpha -Refresh
            $gateway.Requests | Should -HaveCount 1
        }

        It 'by a migration' {
            $null = Initialize-Package old -Folder legacy/old
            $script:gateway = Open-Gateway 206

            (Invoke-LlamaGateMigration legacy -Refresh -WarningVariable warnings).Id | Should -Be 'old'

            $warnings | Should -BeNullOrEmpty
            $gateway.Requests | Should -HaveCount 1
        }

        It 'by a restore, in another home only with -Refresh' {
            $null = '1.0.0', '2.0.0' | ForEach-Object { Initialize-Package alpha -Version $_ | Import-LlamaGatePackage -HomePath other }
            $script:gateway = Open-Gateway 200

            (Restore-LlamaGateExtension alpha -HomePath other).Version | Should -Be '1.0.0'
            $null = Restore-LlamaGateExtension alpha -HomePath other -Refresh -NoRefresh
            $null = Restore-LlamaGateExtension alpha -HomePath other -Refresh -WhatIf
            $gateway.Requests | Should -BeNullOrEmpty
            $null = Restore-LlamaGateExtension alpha -HomePath other -Refresh
            $gateway.Requests | Should -HaveCount 1
        }

        It 'also when a later command ends the pipeline' {
            $script:gateway = Open-Gateway 200
            $packages = 'alpha', 'beta' | ForEach-Object { Compress-Package $_ }

            foreach ($once in 1) { $packages | Import-LlamaGatePackage -Refresh | ForEach-Object { break } }

            $gateway.Requests | Should -HaveCount 1
        }
    }

    Context 'An import stands' {
        BeforeEach { $script:package = Compress-Package alpha }

        It 'with one warning when the gateway answers <_>' -ForEach 401, 500 {
            $script:gateway = Open-Gateway $_
            $env:LLAMAGATE_API_KEY = 's3cret'

            $item = $package | Import-LlamaGatePackage -Refresh -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue

            $item.Status | Should -Be 'Installed'
            $warnings | Should -HaveCount 1
            "$warnings" | Should -BeLike "*$_*"
            "$warnings" | Should -Not -BeLike '*s3cret*'
        }

        It 'when that warning ends the pipeline, and the gateway is not called again' {
            $script:gateway = Open-Gateway 500

            { $package | Import-LlamaGatePackage -Refresh -WarningAction Stop } | Should -Throw

            $gateway.Requests | Should -HaveCount 1
            (Get-LlamaGateExtension).Id | Should -Be 'alpha'
        }

        It 'with a verbose line when no gateway is running' {
            $lines = $package | Import-LlamaGatePackage -Refresh -Verbose -WarningVariable warnings 4>&1

            $warnings | Should -BeNullOrEmpty
            $lines | Where-Object { "$_" -like 'No gateway is running*' } | Should -HaveCount 1
        }
    }
}
