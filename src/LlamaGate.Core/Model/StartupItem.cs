namespace LlamaGate;

/// <summary>What gateway 0.9.1 does with one item when it starts (contract, section 8).</summary>
public sealed class StartupItem
{
    /// <summary>The gateway loads the extension. <see cref="Reason"/> tells what is special about it.</summary>
    public const string Loaded = nameof(Loaded);

    /// <summary>The gateway counts the agentic module, and does not run it from where it is.</summary>
    public const string Counted = nameof(Counted);

    /// <summary>The item is disabled in the registry and is not loaded.</summary>
    public const string Disabled = nameof(Disabled);

    /// <summary>Another extension of the same name is served instead.</summary>
    public const string Shadowed = nameof(Shadowed);

    /// <summary>The gateway does not look for items of this kind in this place.</summary>
    public const string Ignored = nameof(Ignored);

    /// <summary>The gateway cannot load it, or a step of the start failed.</summary>
    public const string Failed = nameof(Failed);

    /// <summary>The item is installed in the home.</summary>
    public const string Installed = nameof(Installed);

    /// <summary>The item is in the legacy directory.</summary>
    public const string Legacy = nameof(Legacy);

    /// <summary>The extension is in <c>builtin/</c> of the legacy directory: it is the gateway's own.</summary>
    public const string BuiltIn = nameof(BuiltIn);

    internal StartupItem(
        string id, string? type, string name, string? version, string status, string source, string reason, string path, string homePath)
    {
        Id = id;
        Type = type;
        Name = name;
        Version = version;
        Status = status;
        Source = source;
        Reason = reason;
        Path = path;
        HomePath = homePath;
    }

    /// <summary>The id of an installed item; the name, or else the folder's name, of one that is not installed.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>; null for a step of the start.</summary>
    public string? Type { get; }

    /// <summary>The name in the definition file, by which the gateway knows an extension; empty when it cannot be read.</summary>
    public string Name { get; }

    /// <summary>The version in the definition file; null when it cannot be read.</summary>
    public string? Version { get; }

    /// <summary>
    /// <see cref="Loaded"/>, <see cref="Counted"/>, <see cref="Disabled"/>, <see cref="Shadowed"/>, <see cref="Ignored"/> or <see cref="Failed"/>.
    /// </summary>
    public string Status { get; }

    /// <summary><see cref="Installed"/>, <see cref="Legacy"/> or <see cref="BuiltIn"/>.</summary>
    public string Source { get; }

    /// <summary>Why, in a few words; empty when there is nothing to tell.</summary>
    public string Reason { get; }

    /// <summary>The folder of the item.</summary>
    public string Path { get; }

    /// <summary>The home that starts.</summary>
    public string HomePath { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
