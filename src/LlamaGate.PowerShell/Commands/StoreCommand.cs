using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using LlamaGate.Gateway;

namespace LlamaGate.PowerShell.Commands;

/// <summary>
/// Gives <c>-HomePath</c> and the store of that home, which lives as long as the pipeline; shows what the store tells, stops it with
/// the pipeline, and turns what goes wrong into errors.
/// </summary>
public abstract class StoreCommand : PSCmdlet, IDisposable
{
    /// <summary>The id of the error that an incomplete wildcard is.</summary>
    public const string InvalidWildcard = nameof(InvalidWildcard);

    private readonly Dictionary<string, PackageStore> stores = new(StringComparer.Ordinal);
    private readonly HashSet<PackageStore> unusable = [];
    private readonly HashSet<string> refusedHomes = new(StringComparer.Ordinal);
    private readonly CommandLog log;
    private bool hasToldGateway;

    /// <summary>Never disposed: a stop may come from another thread at any time, and the source holds nothing that needs it.</summary>
    private readonly CancellationTokenSource stop = new();

    private protected StoreCommand() => log = new CommandLog(this);

    /// <summary>The LlamaGate home; without it <c>$env:LLAMAGATE_HOME</c>, else <c>.llamagate</c> in the user's profile.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public virtual string? HomePath { get; set; }

    /// <summary>The seconds that a change of the store waits for other commands; a parameter of those that change it.</summary>
    public virtual int LockTimeoutSeconds { get; set; } = PackageStore.DefaultLockTimeoutSeconds;

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    private protected CancellationToken StopToken => stop.Token;

    /// <summary>Whether <c>-WhatIf</c> or <c>$WhatIfPreference</c> asks to change nothing.</summary>
    private protected bool IsWhatIf => LanguagePrimitives.IsTrue(
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given) ? given : GetVariableValue("WhatIfPreference"));

    /// <summary>Whether <c>-Verbose</c> or <c>$VerbosePreference</c> asks for details.</summary>
    private protected bool IsVerbose => MyInvocation.BoundParameters.TryGetValue("Verbose", out object? given)
        ? LanguagePrimitives.IsTrue(given)
        : GetVariableValue("VerbosePreference")?.ToString() is not (null or nameof(ActionPreference.SilentlyContinue) or nameof(ActionPreference.Ignore));

    /// <summary>Saves what the pipeline changed, also when it ended early (contract, section 6).</summary>
    public void Dispose()
    {
        log.End();
        Close();
        foreach (PackageStore store in stores.Values)
        {
            store.Dispose();
        }

        TellGateway();
        stores.Clear();

        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (TryOpenStore() is not { } store || unusable.Contains(store))
        {
            return;
        }

        try
        {
            Process(store);
        }
        catch (LlamaGateException failure)
        {
            if (ErrorRecords.ConcernsHome(failure))
            {
                unusable.Add(store);
            }

            WriteError(ErrorRecords.From(failure));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Saves what the pipeline changed; <see cref="Dispose"/> has no time to wait for others.</summary>
    protected sealed override void EndProcessing()
    {
        try
        {
            foreach (PackageStore store in stores.Values)
            {
                Save(store);
            }

            TellGateway();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        stores.Clear();
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => stop.Cancel();

    /// <summary>Shows what there is to tell.</summary>
    private protected IStoreLog Log => log;

    /// <summary>Lets go of what a command holds beside the store.</summary>
    private protected virtual void Close()
    {
    }

    /// <summary>Whether a running gateway is told when the pipeline has changed something of its home that it may reload.</summary>
    private protected virtual bool TellsGateway => false;

    /// <summary>Whether it is told about any home because the user asks for it.</summary>
    private protected virtual bool IsRefreshAsked => false;

    /// <summary>
    /// Does the work for what the parameters say now. A failure that it lets out is one error; if it is one of the home, nothing more
    /// is tried there.
    /// </summary>
    /// <param name="store">The store of <see cref="HomePath"/>.</param>
    private protected abstract void Process(PackageStore store);

    /// <summary>The type that a parameter names.</summary>
    /// <param name="name">The parameter's value, held to the two names by <see cref="ValidateSetAttribute"/>; null when not given.</param>
    /// <returns>The type; null for both.</returns>
    private protected static ItemType? ToItemType(string? name) => ItemTypes.TryParse(name, out ItemType type) ? type : null;

    /// <summary>Reads a value of <c>-Id</c>; one that is not a complete wildcard is an error of its own.</summary>
    /// <returns>What it means; null when it was reported.</returns>
    private protected IdPattern? TryRead(string id)
    {
        try
        {
            return new IdPattern(id);
        }
        catch (WildcardPatternException failure)
        {
            WriteError(new ErrorRecord(failure, InvalidWildcard, ErrorCategory.InvalidArgument, id));
            return null;
        }
    }

    // Homes come by the pipeline, too: one that cannot be is one error, however many items name it.
    private PackageStore? TryOpenStore()
    {
        ErrorRecord error;
        try
        {
            return OpenStore();
        }
        catch (LlamaGateException failure)
        {
            error = ErrorRecords.From(failure);
        }
        catch (RuntimeException failure)
        {
            error = failure.ErrorRecord;
        }

        if (refusedHomes.Add(HomePath ?? string.Empty))
        {
            WriteError(error);
        }

        return null;
    }

    private PackageStore OpenStore()
    {
        LlamaGateHome home = HomeLocation.Find(SessionState.Path, HomePath);
        if (!stores.TryGetValue(home.Path, out PackageStore? store))
        {
            store = new PackageStore(home, log, TimeSpan.FromSeconds(LockTimeoutSeconds));
            stores.Add(home.Path, store);
        }

        return store;
    }

    /// <summary>Runs once per pipeline, also if a later command ends the pipeline early; not if the user stopped it (contract, sections 6 and 9).</summary>
    private void TellGateway()
    {
        if (hasToldGateway || stop.IsCancellationRequested
            || !stores.Values.Any(store => store.NeedsRefresh && (IsRefreshAsked || (TellsGateway && store.IsGatewayHome))))
        {
            return;
        }

        hasToldGateway = true;
        try
        {
            GatewayRefreshResult result = GatewayClient.Refresh(
                uri: null, apiKey: null, SessionState.Path.CurrentFileSystemLocation.ProviderPath, StopToken);
            if (result.IsWarning)
            {
                log.Warning(result.Message);
            }
            else
            {
                log.Verbose(result.Message);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The user stopped the call. The import stands, and Dispose must not throw.
        }
    }

    /// <summary>What was changed is safe in the journal, so a registry that cannot be rewritten now is no error.</summary>
    private void Save(PackageStore store)
    {
        try
        {
            store.Save(StopToken);
        }
        catch (LlamaGateException failure)
        {
            WriteWarning(failure.Message);
        }
    }
}
