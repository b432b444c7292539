using System;
using System.Collections.Generic;

namespace LlamaGate.Manifests.GatewayRules;

/// <summary>What the gateway's YAML reader does with a value that it decodes.</summary>
internal enum GoKind
{
    Text,
    Boolean,

    /// <summary>A Boolean that may be missing.</summary>
    OptionalBoolean,

    /// <summary>Any value.</summary>
    Any,

    /// <summary>A mapping with text keys and any values.</summary>
    Map,
    List,
    Struct,
}

/// <summary>A type of the gateway's, as far as its YAML reader knows it.</summary>
internal sealed class GoType
{
    public static readonly GoType Text = new(GoKind.Text, "string");
    public static readonly GoType Boolean = new(GoKind.Boolean, "bool");
    public static readonly GoType OptionalBoolean = new(GoKind.OptionalBoolean, "bool");
    public static readonly GoType Any = new(GoKind.Any, "interface {}");
    public static readonly GoType Map = new(GoKind.Map, "map[string]interface {}");

    private GoType(GoKind kind, string name, GoType? element = null, IReadOnlyDictionary<string, GoType>? fields = null)
    {
        Kind = kind;
        Name = name;
        Element = element;
        Fields = fields;
    }

    public GoKind Kind { get; }

    /// <summary>As the reader's messages spell it.</summary>
    public string Name { get; }

    /// <summary>What a list is made of.</summary>
    public GoType? Element { get; }

    /// <summary>The fields of a struct by their keys. Other keys are ignored, whatever they hold.</summary>
    public IReadOnlyDictionary<string, GoType>? Fields { get; }

    public static GoType List(GoType element) => new(GoKind.List, "[]" + element.Name, element);

    public static GoType Struct(string name, params (string Key, GoType Type)[] fields)
    {
        var byKey = new Dictionary<string, GoType>(StringComparer.Ordinal);
        foreach ((string key, GoType type) in fields)
        {
            byKey.Add(key, type);
        }

        return new GoType(GoKind.Struct, name, fields: byKey);
    }
}
