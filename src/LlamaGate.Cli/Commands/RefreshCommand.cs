using System;
using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Help;
using LlamaGate.Cli.Output;
using LlamaGate.Gateway;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate refresh</c></summary>
internal sealed class RefreshCommand : DocumentedCommand
{
    private readonly Option<Uri?> uri = new("--uri")
    {
        HelpName = "address",
        Description = $"The gateway; default: http://localhost and $PORT, else PORT of ./.env, else {GatewayClient.DefaultPort}",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && GatewayClient.IsValidUri(address))
            {
                return address;
            }

            result.AddError($"--uri needs an address such as http://localhost:{GatewayClient.DefaultPort}, not '{AddressText.WithoutSecrets(text)}'.");
            return null;
        },
    };

    private readonly Option<string?> apiKey = new("--api-key")
    {
        HelpName = "key",
        Description = "The API key of the gateway; default: $LLAMAGATE_API_KEY, else LLAMAGATE_API_KEY or API_KEY of ./.env (other users can see command lines)",
    };

    public RefreshCommand()
        : base("refresh", "Asks a running gateway to discover its extensions again.")
    {
        Options.Add(uri);
        Options.Add(apiKey);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate refresh [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate refresh", "llamagate refresh --uri http://localhost:8080"];

    private int Run(ParseResult line)
    {
        using CommandOutput output = CommandOutput.For(line);
        GatewayRefreshResult result =
            GatewayClient.Refresh(line.GetValue(uri), line.GetValue(apiKey), Session.CurrentFolder, default);
        output.Refreshed(result);
        if (result.Status is GatewayRefreshResult.Refreshed or GatewayRefreshResult.PartlyRefreshed)
        {
            output.Say(result.Message);
        }
        else
        {
            output.Error(new OutputError(OutputError.RefreshFailed, result.Message, result.Uri));
        }

        output.Finish();
        return output.HasErrors ? ExitCodes.Failed : ExitCodes.Done;
    }
}
