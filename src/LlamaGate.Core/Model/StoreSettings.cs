using System;
using System.Globalization;

namespace LlamaGate;

/// <summary>What every operation of a store needs to know.</summary>
internal sealed class StoreSettings
{
    public StoreSettings(LlamaGateHome home, IStoreLog log, TimeSpan lockTimeout)
    {
        Home = home;
        Log = log;
        LockTimeout = lockTimeout;
    }

    public LlamaGateHome Home { get; }

    public IStoreLog Log { get; }

    /// <summary>How long a commit waits for the lock.</summary>
    public TimeSpan LockTimeout { get; }

    /// <summary>The number of previous versions of an item to keep.</summary>
    public int BackupCount { get; set; } = DefaultBackupCount();

    /// <summary>What time it is.</summary>
    public Func<DateTimeOffset> Clock { get; set; } = () => DateTimeOffset.UtcNow;

    /// <summary>Called before every step that changes the disk; null but in tests, which stop or fail there.</summary>
    public Action<string>? OnStep { get; set; }

    /// <summary>Called between a reader's look at the registry and its look at the items' folders; null but in tests, which change the home there.</summary>
    public Action? OnLook { get; set; }

    /// <summary>Whether folders are exchanged in one step where the system can; tests say no.</summary>
    public bool MayExchange { get; set; } = true;

    /// <summary>The number of previous versions to keep unless the caller says otherwise: that of the environment, else two.</summary>
    public static int DefaultBackupCount() =>
        int.TryParse(Environment.GetEnvironmentVariable(PackageLimits.BackupCountVariable), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : PackageLimits.DefaultBackupCount;

    /// <summary>Announces a step that changes the disk.</summary>
    /// <param name="name">Which: the kind of operation, then the step.</param>
    public void Step(string name) => OnStep?.Invoke(name);
}
