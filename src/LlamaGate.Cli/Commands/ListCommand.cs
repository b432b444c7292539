using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using LlamaGate.Cli.Completion;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate list</c></summary>
internal sealed class ListCommand : StoreCommand
{
    private readonly Argument<string?> kind = new("kind")
    {
        Description = "extensions or agentic-modules; default: both",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> enabled = new("--enabled") { Description = "Only those that the gateway loads" };
    private readonly Option<bool> disabled = new("--disabled") { Description = "Only those that the gateway does not load" };

    public ListCommand()
        : base("list", "Lists the installed extensions and agentic modules.")
    {
        kind.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } word && !ItemWords.TryParse(word, out _))
            {
                result.AddError($"'{word}' cannot be listed. Specify 'extensions' or 'agentic-modules'.");
            }
        });
        kind.CompletionSources.Add(Candidates.Kinds);
        Arguments.Add(kind);
        Options.Add(enabled);
        Options.Add(disabled);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate list [extensions|agentic-modules] [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "llamagate list extensions",
        "llamagate list agentic-modules",
        "llamagate list --json",
    ];

    /// <inheritdoc/>
    protected override void Run(Session session)
    {
        ItemType[] types = session.Line.GetValue(kind) is { } word && ItemWords.TryParse(word, out ItemType named)
            ? [named]
            : [ItemType.Extension, ItemType.AgenticModule];
        // Neither option, or both, leave nothing out.
        bool all = session.Line.GetValue(enabled) == session.Line.GetValue(disabled);
        ILookup<string, InstalledItem> items = session.Store.GetItems(types.Length == 1 ? types[0] : null)
            .Where(item => all || item.Enabled == session.Line.GetValue(enabled))
            .ToLookup(item => item.Type, StringComparer.Ordinal);

        string separator = string.Empty;
        foreach (ItemType type in types)
        {
            InstalledItem[] found = [.. items[type.ToDisplayName()]];
            session.Output.Say(separator + Heading(type, found.Length));
            separator = Environment.NewLine;
            foreach (InstalledItem item in found)
            {
                session.Output.Result(OutputItem.From(item), Environment.NewLine + Block(item), item.Id);
            }
        }
    }

    private static string Heading(ItemType type, int count) => count switch
    {
        0 => $"No {type.Noun()}s found.",
        1 => $"Found 1 {type.Noun()}:",
        _ => $"Found {count} {type.Noun()}s:",
    };

    private static string Block(InstalledItem item)
    {
        string state = item.Enabled ? Terminal.Green("[enabled]") : Terminal.Dim("[disabled]");
        return string.Join(
            Environment.NewLine,
            $"  {Terminal.OneLine(item.Name)} (v{Terminal.OneLine(item.Version)}) {state}",
            $"    ID: {item.Id}",
            $"    Path: {FromProfile(item.Path)}");
    }

    /// <summary>A path with <c>~</c> for the user's profile.</summary>
    private static string FromProfile(string path)
    {
        string profile = LlamaGateHome.UserProfile.TrimEnd(Path.DirectorySeparatorChar);
        StringComparison comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return profile.Length > 0 && path.StartsWith(profile + Path.DirectorySeparatorChar, comparison)
            ? "~" + path[profile.Length..]
            : path;
    }
}
