Describe 'The examples in the help' {
    BeforeAll {
        # What differs from run to run and from system to system: times, sizes of zip files, separators, and where lines break.
        function ConvertTo-Comparable([string] $Text) {
            $user = (Join-Path $TestDrive 'user') -replace '\s', ''
            ($Text -replace '\s', '').Replace($user, '/home/user') -replace '\\', '/' -replace '\d{8}-\d{6}-\d{3}|\d{3,5}', '#'
        }

        . "$PSScriptRoot/LlamaGate.Pester.ps1"
        $root = (Resolve-Path "$PSScriptRoot/../..").Path
        $output = Invoke-ChildShell -File "$PSScriptRoot/Support/Write-HelpExample.ps1" `
            -Manifest "$root/out/LlamaGate/LlamaGate.psd1" -Docs "$root/docs" -Samples "$root/samples/packages" -Work $TestDrive

        $shown = @{}
        $title = $null
        foreach ($line in $output) {
            if ($line -match '^#### (.+)$') {
                $title = $Matches[1]
                $shown[$title] = ''
            }
            elseif ($title) {
                $shown[$title] += "$line`n"
            }
        }
    }

    AfterAll { Exit-TestFolder }

    It 'show what the commands show: <_>' -ForEach (Get-ChildItem "$PSScriptRoot/../../docs" -Filter '*-LlamaGate*.md').BaseName {
        $text = [IO.File]::ReadAllText("$root/docs/$_.md")
        $examples = [regex]::Matches($text, '(?ms)^### (Example [^\n]+)\n\n```powershell\n.+?^```\n(?:\n```Output\n(.*?)^```\n)?')

        $examples.Count | Should -BeGreaterOrEqual 3
        foreach ($example in $examples) {
            $title = "${_}: $($example.Groups[1].Value)"
            $shown.Keys | Should -Contain $title
            ConvertTo-Comparable $shown[$title] | Should -BeExactly (ConvertTo-Comparable $example.Groups[2].Value) -Because $title
        }
    }
}
