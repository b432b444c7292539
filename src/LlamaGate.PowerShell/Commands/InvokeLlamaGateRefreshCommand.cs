using System;
using System.Management.Automation;
using System.Threading;
using LlamaGate.Gateway;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Asks a running gateway to discover its extensions again (contract, section 9).</summary>
[Cmdlet(VerbsLifecycle.Invoke, "LlamaGateRefresh", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Invoke-LlamaGateRefresh.md")]
[OutputType(typeof(GatewayRefreshResult))]
public sealed class InvokeLlamaGateRefreshCommand : PSCmdlet, IDisposable
{
    /// <summary>The id of the error that a gateway which was not refreshed is.</summary>
    public const string RefreshFailed = nameof(RefreshFailed);

    private readonly CancellationTokenSource stop = new();

    /// <summary>The gateway's address; without it <c>http://localhost</c> and the port of the environment or of a <c>.env</c> file.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>The gateway's API key; without it <c>LLAMAGATE_API_KEY</c>, found in the same way.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? ApiKey { get; set; }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Uri is not null && !GatewayClient.IsValidUri(Uri))
        {
            string shown = AddressText.WithoutSecrets(Uri.OriginalString);
            var reason = new UriFormatException(
                $"'{shown}' is not the address of a gateway. Specify an address such as http://localhost:{GatewayClient.DefaultPort}.");
            ThrowTerminatingError(new ErrorRecord(reason, RefreshFailed, ErrorCategory.InvalidArgument, shown));
        }

        if (!ShouldProcess(Uri is null ? "the gateway on this machine" : AddressText.WithoutSecrets(Uri.ToString()), "Discover extensions again"))
        {
            return;
        }

        try
        {
            Report(GatewayClient.Refresh(Uri, ApiKey, SessionState.Path.CurrentFileSystemLocation.ProviderPath, stop.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Cancel();

    private void Report(GatewayRefreshResult result)
    {
        WriteObject(result);
        if (result.Status is not (GatewayRefreshResult.Refreshed or GatewayRefreshResult.PartlyRefreshed))
        {
            var reason = new InvalidOperationException(result.Message);
            WriteError(new ErrorRecord(reason, RefreshFailed, ErrorCategory.ConnectionError, result.Uri));
        }
    }
}
