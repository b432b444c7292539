using System;
using System.Collections.Generic;
using System.Linq;
using YamlDotNet.Core;

namespace LlamaGate.Manifests;

/// <summary>A value in a manifest. A node that is aliased stands in the tree several times.</summary>
internal abstract class YamlNode
{
    protected YamlNode(in Mark start, TagName tag)
    {
        Start = start;
        Tag = tag.IsEmpty ? string.Empty : tag.Value;
    }

    /// <summary>Where it starts.</summary>
    public Mark Start { get; }

    /// <summary>Its tag in full; empty when it has none.</summary>
    public string Tag { get; }

    /// <summary>How many nodes it is made of, aliases counted as what they stand for.</summary>
    public int Size { get; protected set; } = 1;
}

/// <summary>A single value.</summary>
internal sealed class YamlScalar : YamlNode
{
    public YamlScalar(in Mark start, TagName tag, string value, bool isPlain)
        : base(start, tag)
    {
        Value = value;
        IsPlain = isPlain;
    }

    public string Value { get; }

    /// <summary>Whether it stands without quotes, and not as a block.</summary>
    public bool IsPlain { get; }

    /// <summary>Whether it says that there is no value.</summary>
    public bool IsNull => IsPlain && Tag.Length == 0 && Value is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list of values.</summary>
internal sealed class YamlList : YamlNode
{
    private readonly List<YamlNode> items = [];

    public YamlList(in Mark start, TagName tag)
        : base(start, tag)
    {
    }

    public IReadOnlyList<YamlNode> Items => items;

    public void Add(YamlNode item)
    {
        items.Add(item);
        Size += item.Size;
    }
}

/// <summary>Values by key.</summary>
internal sealed class YamlMap : YamlNode
{
    /// <summary>The key whose mappings give the values of keys that are not there, as the gateway's YAML reader has it.</summary>
    public const string MergeKey = "<<";

    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<YamlNode, YamlNode>> pairs = [];

    public YamlMap(in Mark start, TagName tag)
        : base(start, tag)
    {
    }

    /// <summary>Every key with its value, as they stand in the file: repeated keys, merge keys and keys that are no text included.</summary>
    public IReadOnlyList<KeyValuePair<YamlNode, YamlNode>> Pairs => pairs;

    /// <summary>Adds a value.</summary>
    /// <param name="key">The key. Only text is looked up, so that a key of any other kind counts and is forgotten.</param>
    /// <param name="value">The value.</param>
    /// <returns>False when the key was there already: the first value stays.</returns>
    public bool TryAdd(YamlNode key, YamlNode value)
    {
        Size += key.Size + value.Size;
        pairs.Add(new KeyValuePair<YamlNode, YamlNode>(key, value));
        if (key is not YamlScalar text)
        {
            return true;
        }

        if (values.ContainsKey(text.Value))
        {
            return false;
        }

        values.Add(text.Value, value);
        return true;
    }

    /// <summary>Finds a value.</summary>
    /// <returns>The value; null when it is not there.</returns>
    public YamlNode? Find(string key)
    {
        if (values.TryGetValue(key, out YamlNode? value))
        {
            return value;
        }

        if (values.TryGetValue(MergeKey, out YamlNode? merged))
        {
            IEnumerable<YamlNode> sources = merged is YamlList list ? list.Items : [merged];
            return sources.OfType<YamlMap>().Select(source => source.Find(key)).FirstOrDefault(found => found is not null);
        }

        return null;
    }
}
