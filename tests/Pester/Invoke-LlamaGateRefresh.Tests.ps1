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

        $result = Invoke-LlamaGateRefresh -ErrorAction SilentlyContinue -ErrorVariable failures

        $result.Status, $result.StatusCode | Should -Be $Status, $StatusCode
        $failures | Should -HaveCount $Problems
    }

    It 'can be caught where no gateway is running' {
        $script:gateway = Open-Gateway 200
        $gateway.Listener.Stop()

        $problem = { Invoke-LlamaGateRefresh -ErrorAction Stop } | Should -Throw '*No gateway is running*' -PassThru

        $problem.FullyQualifiedErrorId | Should -Be (Get-ErrorId RefreshFailed Invoke-LlamaGateRefresh)
        $problem.CategoryInfo.Category | Should -Be 'ConnectionError'
    }

    It 'takes the address and the key of the line' {
        $script:gateway = Open-Gateway 200
        $uri, $env:PORT = "http://127.0.0.1:$env:PORT", '1'

        (Invoke-LlamaGateRefresh $uri -ApiKey other).Status | Should -Be 'Refreshed'

        "$($gateway.Requests)" | Should -BeLike '*X-API-Key: other*'
    }

    It 'refuses an address that is no gateway''s' {
        { Invoke-LlamaGateRefresh ftp://localhost } | Should -Throw -ErrorId (Get-ErrorId RefreshFailed Invoke-LlamaGateRefresh)
    }

    It 'asks nobody with -WhatIf' {
        $script:gateway = Open-Gateway 200

        Invoke-LlamaGateRefresh -WhatIf | Should -BeNullOrEmpty

        $gateway.Requests | Should -BeNullOrEmpty
    }

    It 'is done once for a pipeline of imports, and not with -NoRefresh' {
        $script:gateway = Open-Gateway 200
        $packages = 'alpha', 'beta' | ForEach-Object { Compress-Package $_ }

        $null = $packages | Import-LlamaGatePackage -NoRefresh -HomePath other
        $gateway.Requests | Should -BeNullOrEmpty

        $null = $packages | Import-LlamaGatePackage -Refresh
        $gateway.Requests | Should -HaveCount 1
    }
}
