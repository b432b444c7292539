namespace LlamaGate.DesiredState;

/// <summary>
/// An instance of the DSC resource <c>LlamaGate/Item</c>: what an item of a home is to be, or what it is (contract, section 13).
/// Properties that are null are not asked for, or not known.
/// </summary>
/// <param name="Id">The id of the item.</param>
/// <param name="Type">Its type. Type and id name the item within its home.</param>
public sealed record ItemInstance(string Id, ItemType Type)
{
    /// <summary>The error id of an instance that cannot be read.</summary>
    public const string Invalid = "InstanceInvalid";

    /// <summary>The full path of the home; null for the home of the command.</summary>
    public string? Home { get; init; }

    /// <summary>Whether the item is, or is to be, installed.</summary>
    public bool Exists { get; init; } = true;

    /// <summary>Whether the item is enabled.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The installed version; as a desired state also a range in NuGet's notation.</summary>
    public string? Version { get; init; }

    /// <summary>Where the package comes from.</summary>
    public InstanceSource? Source { get; init; }

    /// <summary>The SHA-256 that the package file must have when it is installed, in hexadecimal digits.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether the installed files are those that were installed; null when nobody has recorded those. Read only.</summary>
    public bool? Intact { get; init; }

    /// <summary>The name of the instance in a configuration document; only an export gives one.</summary>
    public string? Name { get; init; }

    /// <summary>Reads an instance.</summary>
    /// <param name="json">One JSON object.</param>
    /// <exception cref="LlamaGateException">InstanceInvalid: it does not say which item is meant, or has a property that this resource does not know.</exception>
    public static ItemInstance Parse(string json) => InstanceJson.Read(json);

    /// <summary>The instance as one line of JSON.</summary>
    /// <returns>The line, without its end.</returns>
    public string ToJson() => InstanceJson.Write(this);

    internal static LlamaGateException Error(string message, string? target = null) => new(Invalid, message, target);
}
