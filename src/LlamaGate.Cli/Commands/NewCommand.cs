using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using LlamaGate.Cli.Completion;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate new</c></summary>
internal sealed class NewCommand : ReportingCommand
{
    private static readonly string[] Templates = ["workflow", "middleware", "observer"];

    private readonly Argument<string[]> folder = new("folder")
    {
        Description = "The folder to create; its name is the default id of the item",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> template = new("--template", "-t")
    {
        HelpName = "template",
        Description = "The template of an extension: workflow, middleware or observer; default: workflow",
    };

    private readonly Option<string> id = new("--id") { HelpName = "id", Description = "The id of the item; default: the folder's name" };

    private readonly Option<string> name = new("--name") { HelpName = "name", Description = "The display name; default: the id" };

    private readonly Option<string> description = new("--description") { HelpName = "text", Description = "What the item is for" };

    private readonly Option<bool> force = new("--force", "-f") { Description = "Add the missing files to a folder that is not empty" };

    public NewCommand()
        : base("new", "Creates the folder of a new package, which you can test, pack and import as it is.")
    {
        folder.Validators.Add(result =>
        {
            if (ItemWords.Split(result.GetValueOrDefault<string[]>() ?? []).Others.Count != 1)
            {
                result.AddError("'new' needs one folder, such as 'llamagate new extension my-ext'.");
            }
        });
        folder.CompletionSources.Add(Candidates.Types);
        template.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } word && Array.IndexOf(Templates, word) < 0)
            {
                result.AddError($"'{word}' is not a template. Specify one of {string.Join(", ", Templates)}.");
            }
        });
        template.CompletionSources.Add(Templates);
        Arguments.Add(folder);
        Options.Add(template);
        Options.Add(id);
        Options.Add(name);
        Options.Add(description);
        Options.Add(force);
        Options.Add(CommonOptions.DryRun);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate new [extension|agentic-module] <folder> [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "llamagate new my-ext",
        "llamagate new extension my-ext --template middleware --name \"My extension\"",
        "llamagate new agentic-module my-module",
    ];

    /// <inheritdoc/>
    protected override void Run(ParseResult line, CommandOutput output, CancellationToken cancellationToken)
    {
        (ItemType? type, IReadOnlyList<string> folders) = ItemWords.Split(line.GetRequiredValue(folder));
        bool isDryRun = line.GetValue(CommonOptions.DryRun);
        var options = new CreateOptions(
            type ?? ItemType.Extension,
            Enum.Parse<PackageTemplate>(line.GetValue(template) ?? Templates[0], ignoreCase: true),
            line.GetValue(id),
            line.GetValue(name),
            line.GetValue(description),
            line.GetValue(force));
        CreatedPackage? created = new PackageAuthoring(output).Create(folders.Single(), options, Approve, cancellationToken);
        if (created is not null)
        {
            Report(created, "Created");
        }

        bool Approve(CreatedPackage planned)
        {
            if (isDryRun)
            {
                Report(planned, "Would create");
            }

            return !isDryRun;
        }

        void Report(CreatedPackage package, string deed)
        {
            OutputItem item = OutputItem.From(package);
            output.Result(item, string.Join('\n', package.Files.Select(file => $"  {file}").Prepend($"{deed} {item} in {package.Path}")));
        }
    }
}
