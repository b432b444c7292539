<#
.SYNOPSIS
    A gateway that gives the answers of the test.
#>

# Answers requests on a port of its own until it is closed, and keeps what it was asked. It answers 200 where the key comes with the
# request, and something else once it was asked to refresh. A connection that asks nothing is how a port is probed.
function Open-Gateway ([int] $StatusCode, [string] $Body = '', [string] $AfterRefresh = $Body, [string] $Key = '') {
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $requests = [Collections.Concurrent.ConcurrentQueue[string]]::new()
    $serve = {
        param($Listener, $Requests, $StatusCode, $Body, $AfterRefresh, $Key)
        while ($true) {
            try {
                $client = $Listener.AcceptTcpClient()
            }
            catch {
                # The gateway is closed.
                return
            }

            $reader = [IO.StreamReader]::new($client.GetStream())
            $lines = while ($line = $reader.ReadLine()) { $line }
            if ($lines) {
                $Requests.Enqueue($lines -join "`n")
                $status = if ($Key -and $lines -contains "X-API-Key: $Key") { 200 } else { $StatusCode }
                $content = if ($Requests -like 'POST *') { $AfterRefresh } else { $Body }
                $text = "HTTP/1.1 $status X`r`nContent-Type: application/json`r`nContent-Length: $($content.Length)`r`nConnection: close`r`n`r`n$content"
                $answer = [Text.Encoding]::ASCII.GetBytes($text)
                $client.GetStream().Write($answer, 0, $answer.Length)
            }

            $client.Close()
        }
    }

    $server = [powershell]::Create().AddScript($serve)
    foreach ($argument in $listener, $requests, $StatusCode, $Body, $AfterRefresh, $Key) {
        $null = $server.AddArgument($argument)
    }

    $null = $server.BeginInvoke()
    $env:PORT = $listener.LocalEndpoint.Port
    [pscustomobject]@{ Listener = $listener; Server = $server; Requests = $requests }
}

function Close-Gateway ($Gateway) {
    $Gateway.Listener.Stop()
    $Gateway.Server.Dispose()
}
