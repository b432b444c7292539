namespace LlamaGate.Feeds;

/// <summary>A NuGet feed that a home takes packages from (contract, section 12).</summary>
public sealed class PackageRepository
{
    internal PackageRepository(string name, string source, bool isEnabled, bool hasCredentials, string homePath)
    {
        Name = name;
        Source = source;
        IsEnabled = isEnabled;
        HasCredentials = hasCredentials;
        HomePath = homePath;
    }

    /// <summary>The name in <c>NuGet.Config</c>.</summary>
    public string Name { get; }

    /// <summary>The folder, share or address of the feed's index.</summary>
    public string Source { get; }

    /// <summary>Whether commands that name no repository ask it.</summary>
    public bool IsEnabled { get; }

    /// <summary>Whether <c>NuGet.Config</c> or the environment holds a user name and a password for it.</summary>
    public bool HasCredentials { get; }

    /// <summary>The home whose <c>NuGet.Config</c> names it.</summary>
    public string HomePath { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
