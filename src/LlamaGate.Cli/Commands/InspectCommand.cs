using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate inspect</c></summary>
internal sealed class InspectCommand : PackageCommand
{
    public InspectCommand()
        : base("inspect", "Shows what packages contain: the manifests and every file.", "llamagate inspect my-extension.zip")
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate inspect [extension|agentic-module] <package>... [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate inspect my-extension.zip", "llamagate inspect my-ext --json"];

    /// <inheritdoc/>
    protected override void Run(PackageSession session, string path)
    {
        PackageDetails details = session.Authoring.Inspect(path, session.Type, session.CancellationToken);
        OutputItem item = OutputItem.From(details, path);
        (string Term, string? Value)[] fields =
        [
            ("ID", details.Id), ("Name", details.Name), ("Description", details.Description), ("Kind", details.Kind),
            ("Enabled by default", Word(details.EnabledByDefault)), ("Hot reload", Word(details.HotReload)), ("Autostart", Word(details.AutoStart)),
            ("Load mode", details.LoadMode), ("Entry workflow", details.EntryWorkflow), ("Steps", Join(details.Steps)), ("Hooks", Join(details.Hooks)),
            ("Endpoints", Join(details.Endpoints)), ("Checksums", details.HasChecksums ? "checked" : "none"),
            ("Files", string.Create(CultureInfo.InvariantCulture, $"{details.Files.Count}, {details.UnpackedLength} bytes")),
        ];
        IEnumerable<string> lines = fields
            .Where(field => !string.IsNullOrEmpty(field.Value))
            .Select(field => $"  {field.Term}: {Terminal.Printable(field.Value!)}")
            .Concat(details.Files.Select(file => string.Create(
                CultureInfo.InvariantCulture, $"    {file.Sha256}  {file.Length,10}  {Terminal.Printable(file.Path)}{(file.Executable == true ? " [executable]" : string.Empty)}")));
        session.Output.Result(item, string.Join('\n', lines.Prepend(item.ToString())), quietText: null);
    }

    private static string Word(bool value) => value ? "yes" : "no";

    private static string Join(IReadOnlyList<string> values) => string.Join(", ", values);
}
