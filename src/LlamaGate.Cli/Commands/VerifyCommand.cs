using System.Collections.Generic;
using System.Linq;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate verify</c></summary>
internal sealed class VerifyCommand : OptionalItemCommand
{
    public VerifyCommand()
        : base("verify", "Compares the files of items with the files that were installed. The exit code is 1 if a file was changed.")
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate verify [extension|agentic-module] [id]... [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate verify", "llamagate verify extension my-ext --json"];

    /// <inheritdoc/>
    protected override void Run(Session session, ItemType? type, IReadOnlyList<string> ids)
    {
        foreach (InstalledItem item in session.Find(ids, type))
        {
            session.Attempt(() => Report(session, session.Store.Verify(item, session.CancellationToken)));
        }
    }

    private static void Report(Session session, ItemIntegrity integrity)
    {
        bool isFine = integrity.Status is ItemIntegrity.Intact or ItemIntegrity.Unrecorded;
        if (!isFine)
        {
            session.Output.Found();
        }

        OutputItem item = OutputItem.From(integrity);
        IEnumerable<string> files = Lines("modified", integrity.ModifiedFiles)
            .Concat(Lines("missing", integrity.MissingFiles))
            .Concat(Lines("added", integrity.AddedFiles));
        string text = string.Join('\n', files.Prepend($"{integrity.Status}: {item}"));
        session.Output.Result(item, text, quietText: isFine ? null : text);
    }

    private static IEnumerable<string> Lines(string word, IReadOnlyList<string> files) => files.Select(file => $"  {word}: {Terminal.Printable(file)}");
}
