using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.DesiredState;

/// <summary>The state of an item, and the properties that differ from another state or from what is wanted.</summary>
/// <param name="State">The state.</param>
/// <param name="Properties">The names of the properties; empty when nothing differs.</param>
public sealed record ItemComparison(ItemInstance State, IReadOnlyList<string> Properties)
{
    /// <summary>The names of the properties as one line of JSON.</summary>
    /// <returns>The line, without its end.</returns>
    public string PropertiesToJson() => InstanceJson.Line(writer =>
    {
        writer.WriteStartArray();
        foreach (string property in Properties)
        {
            writer.WriteStringValue(property);
        }

        writer.WriteEndArray();
    });

    /// <summary>What a change has made different.</summary>
    internal static ItemComparison OfStates(ItemInstance before, ItemInstance after) => new(after, Names(
        ("_exist", before.Exists != after.Exists),
        ("enabled", before.Enabled != after.Enabled),
        ("version", !string.Equals(before.Version, after.Version, System.StringComparison.Ordinal)),
        ("source", before.Source != after.Source),
        ("intact", before.Intact != after.Intact)));

    internal static IReadOnlyList<string> Names(params (string Name, bool Differs)[] properties) =>
        properties.Where(property => property.Differs).Select(property => property.Name).ToList();
}
