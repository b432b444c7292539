using System;
using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Help;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate schema</c></summary>
internal sealed class SchemaCommand : DocumentedCommand
{
    private readonly Argument<string> manifest = new("file") { Description = string.Join(", ", PackageAuthoring.SchemaNames) };

    public SchemaCommand()
        : base("schema", "Prints the JSON schema of a manifest file, for editors and other tools.")
    {
        manifest.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name)
            {
                try
                {
                    PackageAuthoring.ReadSchema(name);
                }
                catch (LlamaGateException unknown)
                {
                    result.AddError(unknown.Message);
                }
            }
        });
        manifest.CompletionSources.Add([.. PackageAuthoring.SchemaNames]);
        Arguments.Add(manifest);
        SetAction(line => Console.Out.Write(PackageAuthoring.ReadSchema(line.GetRequiredValue(manifest))));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate schema " + string.Join('|', PackageAuthoring.SchemaNames)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate schema manifest.yaml > manifest.schema.json"];
}
