using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO.Enumeration;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate backups</c></summary>
internal sealed class BackupsCommand : OptionalItemCommand
{
    public BackupsCommand()
        : base("backups", "Lists the backups of items, newest first.")
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate backups [extension|agentic-module] [id]... [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate backups", "llamagate backups my-ext --json"];

    /// <inheritdoc/>
    protected override void Run(Session session, ItemType? type, IReadOnlyList<string> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string id in ids)
        {
            foreach (ItemBackup backup in session.Store.FindBackups(
                candidate => FileSystemName.MatchesSimpleExpression(id, candidate), type, session.CancellationToken))
            {
                if (seen.Add(backup.Path))
                {
                    OutputItem item = OutputItem.From(backup);
                    string size = string.Create(CultureInfo.InvariantCulture, $"{backup.FileCount} files, {backup.Length} bytes");
                    session.Output.Result(item, $"{backup.Name}  {item}, {size}", quietText: backup.Name);
                }
            }
        }

        if (seen.Count == 0)
        {
            session.Output.Say("No backups found.");
        }
    }
}
