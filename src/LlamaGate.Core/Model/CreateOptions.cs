namespace LlamaGate;

/// <summary>What a new package is to be (contract, section 10).</summary>
public sealed class CreateOptions
{
    /// <summary>Sets what a new package is to be.</summary>
    /// <param name="type">The kind of item.</param>
    /// <param name="template">What an extension begins as; a module has none.</param>
    /// <param name="id">The id; null for the folder's name.</param>
    /// <param name="name">The display name; null for the id.</param>
    /// <param name="description">What it is for; null for a text that says that it is to be written.</param>
    /// <param name="addMissing">Adds the files that are missing in a folder that is not empty.</param>
    public CreateOptions(
        ItemType type = ItemType.Extension,
        PackageTemplate template = PackageTemplate.Workflow,
        string? id = null,
        string? name = null,
        string? description = null,
        bool addMissing = false)
    {
        Type = type;
        Template = template;
        Id = id;
        Name = name;
        Description = description;
        AddMissing = addMissing;
    }

    /// <summary>The kind of item.</summary>
    public ItemType Type { get; }

    /// <summary>What an extension begins as; a module has none.</summary>
    public PackageTemplate Template { get; }

    /// <summary>The id; null for the folder's name.</summary>
    public string? Id { get; }

    /// <summary>The display name; null for the id.</summary>
    public string? Name { get; }

    /// <summary>What it is for; null for a text that says that it is to be written.</summary>
    public string? Description { get; }

    /// <summary>Adds the files that are missing in a folder that is not empty, and overwrites nothing.</summary>
    public bool AddMissing { get; }
}
