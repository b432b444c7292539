using System;
using System.Collections.Generic;
using System.Linq;
using NuGet.Packaging.Core;

namespace LlamaGate.Feeds;

/// <summary>The package types of LlamaGate's packages in feeds (contract, section 12).</summary>
internal static class PackageTypes
{
    /// <summary>The package type of an extension.</summary>
    public const string Extension = "LlamaGateExtension";

    /// <summary>The package type of an agentic module.</summary>
    public const string AgenticModule = "LlamaGateAgenticModule";

    /// <summary>The names of the package types.</summary>
    public static IReadOnlyList<string> Names { get; } = [Extension, AgenticModule];

    /// <summary>The package type of a kind of item. Packages carry it as a tag as well, for feeds that cannot search by type.</summary>
    public static string Of(ItemType type) => type == ItemType.Extension ? Extension : AgenticModule;

    /// <summary>The kind of item that package types name; null when it is none of ours.</summary>
    public static ItemType? Find(IEnumerable<PackageType> types) => Find(types.Select(type => type.Name));

    /// <summary>The kind of item that names of package types, or tags, name; null when it is none of ours.</summary>
    public static ItemType? Find(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (string.Equals(name, Extension, StringComparison.OrdinalIgnoreCase))
            {
                return ItemType.Extension;
            }

            if (string.Equals(name, AgenticModule, StringComparison.OrdinalIgnoreCase))
            {
                return ItemType.AgenticModule;
            }
        }

        return null;
    }
}
