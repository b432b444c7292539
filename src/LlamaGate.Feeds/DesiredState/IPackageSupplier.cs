using System;
using System.Threading;

namespace LlamaGate.DesiredState;

/// <summary>Installs what an instance wants from an address or a repository.</summary>
public interface IPackageSupplier
{
    /// <summary>Downloads and installs the package of an instance, with its SHA-256 when it names one.</summary>
    /// <param name="wanted">The instance; its source is an address or a repository.</param>
    /// <param name="options">How it is to be imported.</param>
    /// <param name="refuse">Says, before anything is installed, why a package is not the one that is wanted; null when it is.</param>
    /// <param name="cancellationToken">Stops at once, and leaves nothing.</param>
    /// <exception cref="LlamaGateException">As downloads and imports fail.</exception>
    void Install(ItemInstance wanted, ImportOptions options, Func<ImportPlan, LlamaGateException?> refuse, CancellationToken cancellationToken);

    /// <summary>The version that would be installed; downloads no package.</summary>
    /// <param name="wanted">The instance; its source is an address or a repository.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The version; null when only the download tells.</returns>
    /// <exception cref="LlamaGateException">There is no such package.</exception>
    string? FindVersion(ItemInstance wanted, CancellationToken cancellationToken);

    /// <summary>Where a registered repository is, so that another home that has not registered it can use it.</summary>
    /// <param name="repository">What provenance has recorded: the name of a repository, a folder or an address.</param>
    /// <returns>The folder or address; <paramref name="repository"/> itself when it is no longer registered.</returns>
    string LocationOf(string repository);
}
