using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using LlamaGate.Cli.Output;
using LlamaGate.DesiredState;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate dsc</c>: the resource <c>LlamaGate/Item</c> of Microsoft DSC (contract, section 13).</summary>
internal sealed class DscCommand : ReportingCommand
{
    private const string Manifest = "llamagate.dsc.resource.json";
    private static readonly string[] Verbs = ["get", "set", "test", "delete", "export", "schema", "manifest"];

    private readonly Argument<string> verb = new("operation") { Description = string.Join(", ", Verbs) };
    private readonly Option<string?> input = new("--input") { HelpName = "json", Description = "The instance; default: standard input" };

    private readonly Option<string?> packages = new("--packages")
    {
        HelpName = "folder",
        Description = "export: write packages of the items that came from no repository and no address to this folder",
    };

    public DscCommand()
        : base("dsc", "Operates the resource LlamaGate/Item of Microsoft DSC: items as a desired state.")
    {
        verb.AcceptOnlyFromAmong(Verbs);
        Arguments.Add(verb);
        Options.Add(input);
        Options.Add(packages);
        Options.Add(CommonOptions.DryRun);
        Options.Add(CommonOptions.NoRefresh);
        Options.Add(CommonOptions.Refresh);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages =>
    [
        "llamagate dsc get|set|test|delete [--input <json>] [options]",
        "llamagate dsc export [--packages <folder>]",
        "llamagate dsc schema|manifest",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "llamagate dsc test --input '{\"id\":\"my-ext\",\"type\":\"extension\",\"enabled\":true}'",
        "llamagate dsc export --packages ./packages",
        "llamagate dsc manifest > llamagate.dsc.resource.json",
    ];

    /// <inheritdoc/>
    protected override CommandOutput ChooseOutput(ParseResult line) => new DscOutput(line);

    /// <inheritdoc/>
    protected override void Run(ParseResult line, CommandOutput output, CancellationToken cancellationToken)
    {
        var lines = (DscOutput)output;
        string operation = line.GetRequiredValue(verb);
        switch (operation)
        {
            case "manifest":
                lines.Line(ReadManifest());
                return;
            case "schema":
                lines.Line(ReadSchema());
                return;
            default:
                break;
        }

        string? given = operation is "export" ? line.GetValue(input) : line.GetValue(input) ?? ReadInput();
        ItemInstance? wanted = given is null ? null : ItemInstance.Parse(given);
        LlamaGateHome home = wanted?.Home is { } path ? new LlamaGateHome(path) : line.GetHome();
        using var store = new PackageStore(home, output, line.GetLockTimeout());
        var session = new Session(line, store, output, cancellationToken);
        FeedCommands.WithResource(session, resource => Operate(operation, session, lines, resource, wanted));
    }

    private void Operate(string operation, Session session, DscOutput output, ItemResource resource, ItemInstance? wanted)
    {
        CancellationToken token = session.CancellationToken;
        switch (operation)
        {
            case "get":
                output.Line(resource.Get(wanted!, token).ToJson());
                break;
            case "test":
                Print(output, resource.Test(wanted!, token));
                break;
            case "set":
                ItemComparison changed = resource.Set(wanted!, session.IsDryRun, token);
                session.SaveAndRefresh();
                Print(output, changed);
                break;
            case "delete":
                resource.Set(wanted! with { Exists = false }, session.IsDryRun, token);
                session.SaveAndRefresh();
                break;
            default:
                string? folder = session.Line.GetValue(packages);
                foreach (ItemInstance instance in resource.Export(folder is null ? null : Path.GetFullPath(folder), wanted?.Home, token))
                {
                    output.Line(instance.ToJson());
                }

                break;
        }
    }

    private static void Print(DscOutput output, ItemComparison comparison)
    {
        output.Line(comparison.State.ToJson());
        output.Line(comparison.PropertiesToJson());
    }

    // DSC writes UTF-8, whatever the code page of the console.
    private static string ReadInput()
    {
        using Stream stream = Console.OpenStandardInput();
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        try
        {
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException exception)
        {
            throw new LlamaGateException(
                ItemInstance.Invalid, "The instance on standard input is not valid UTF-8. Write it as UTF-8.", innerException: exception);
        }
    }

    private static string ReadManifest()
    {
        using Stream stream = typeof(DscCommand).Assembly.GetManifestResourceStream(Manifest)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }

    private static string ReadSchema()
    {
        using var document = JsonDocument.Parse(ReadManifest());
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            document.RootElement.GetProperty("schema").GetProperty("embedded").WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
