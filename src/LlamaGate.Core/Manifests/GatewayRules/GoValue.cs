using System;
using System.Collections.Generic;

namespace LlamaGate.Manifests.GatewayRules;

/// <summary>A decoded value. What was not in the file is as empty as it is in the gateway.</summary>
internal sealed class GoValue
{
    public static readonly GoValue Empty = new();

    private readonly Dictionary<string, GoValue> fields = new(StringComparer.Ordinal);

    /// <summary>The text; empty when there is none.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The Boolean; null when there is none.</summary>
    public bool? Flag { get; init; }

    /// <summary>The entries of a list, without those that are null.</summary>
    public IReadOnlyList<GoValue> Items { get; init; } = [];

    /// <summary>A field of a struct; <see cref="Empty"/> when it is not there.</summary>
    public GoValue this[string key] => fields.TryGetValue(key, out GoValue? value) ? value : Empty;

    public bool Has(string key) => fields.ContainsKey(key);

    public void Set(string key, GoValue value) => fields[key] = value;
}
