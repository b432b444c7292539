using System;
using System.Threading;
using LlamaGate.DesiredState;

namespace LlamaGate.Cli.Commands;

/// <summary>What the native binary says of instances whose packages come from an address or a repository.</summary>
internal sealed class NoSupplier : IPackageSupplier
{
    /// <inheritdoc/>
    public void Install(ItemInstance wanted, ImportOptions options, Func<ImportPlan, LlamaGateException?> refuse, CancellationToken cancellationToken) =>
        throw Unavailable(wanted);

    /// <inheritdoc/>
    public string? FindVersion(ItemInstance wanted, CancellationToken cancellationToken) => throw Unavailable(wanted);

    /// <inheritdoc/>
    public string LocationOf(string repository) => repository;

    private static LlamaGateException Unavailable(ItemInstance wanted) => FeedCommands.Unavailable($"The source of '{wanted.Id}' ('{wanted.Source}')");
}
