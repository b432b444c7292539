using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using YamlDotNet.Core;

namespace LlamaGate.Manifests.GatewayRules;

/// <summary>
/// Decodes a tree into types as the gateway's YAML reader does (gopkg.in/yaml.v3 3.0.1), with its messages: a key that no field has
/// is ignored with all that it holds, null leaves a field empty, and a value of the wrong kind refuses the file.
/// </summary>
internal sealed class GoDecoder
{
    private const string QuoteIt = "put the text in quotes";

    private readonly List<GatewayObjection> objections = [];
    private string field = string.Empty;

    private GoDecoder()
    {
    }

    /// <summary>Decodes a document.</summary>
    /// <param name="root">The document; null when the file is empty.</param>
    /// <param name="type">The type to decode it into.</param>
    /// <param name="objections">What the reader objects to: it refuses the file if there is anything.</param>
    /// <returns>What could be decoded.</returns>
    public static GoValue Decode(YamlNode? root, GoType type, out IReadOnlyList<GatewayObjection> objections)
    {
        var decoder = new GoDecoder();
        GoValue? value = null;
        try
        {
            value = root is null ? null : decoder.Decode(root, type);
            objections = decoder.objections;
        }
        catch (GivenUpException exception)
        {
            objections = [exception.Objection]; // The reader forgets what it found before.
        }

        return value ?? GoValue.Empty;
    }

    private GoValue? Decode(YamlNode node, GoType type, string place)
    {
        string outer = field;
        field += place;
        GoValue? value = Decode(node, type);
        field = outer;
        return value;
    }

    // Null when the value does not count: it is null where that is nothing, or it is refused.
    private GoValue? Decode(YamlNode node, GoType type) => node switch
    {
        YamlMap map => DecodeMap(map, type),
        YamlList list => DecodeList(list, type),
        _ => DecodeScalar((YamlScalar)node, type),
    };

    private GoValue? DecodeScalar(YamlScalar scalar, GoType type)
    {
        string tag = ResolveTag(scalar);
        if (tag is GoScalar.Null)
        {
            return type.Kind is GoKind.Map or GoKind.List or GoKind.Any or GoKind.OptionalBoolean ? GoValue.Empty : null;
        }

        switch (type.Kind)
        {
            case GoKind.Text or GoKind.Any:
                return new GoValue { Text = tag is GoScalar.Binary ? FromBase64(scalar) : scalar.Value };
            case GoKind.Boolean or GoKind.OptionalBoolean when ToBoolean(tag, scalar.Value) is { } flag:
                return new GoValue { Flag = flag };
            default:
                return Refuse(scalar, GoScalar.NotedTag(scalar), $" `{Shorten(scalar.Value)}`", type);
        }
    }

    // A tag that is written out must fit the value.
    private string ResolveTag(YamlScalar scalar)
    {
        if (GoScalar.IsWrittenAsText(scalar))
        {
            return GoScalar.Text;
        }

        string written = GoScalar.ShortTag(scalar.Tag);
        if (written is not ("" or "!" or GoScalar.Boolean or GoScalar.Integer or GoScalar.Number or GoScalar.Null or GoScalar.Time))
        {
            return written;
        }

        string found = GoScalar.TagOf(scalar.Value);
        if (written is GoScalar.Boolean or GoScalar.Integer or GoScalar.Number or GoScalar.Null && found is GoScalar.Time)
        {
            found = GoScalar.Text;
        }

        return written is "" or "!" || string.Equals(written, found, StringComparison.Ordinal) || (written, found) is (GoScalar.Number, GoScalar.Integer)
            ? found
            : throw GiveUp(scalar, $"cannot decode {found} `{scalar.Value}` as a {written}", "write the value without a tag");
    }

    private string FromBase64(YamlScalar scalar)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(scalar.Value));
        }
        catch (FormatException)
        {
            throw GiveUp(scalar, "!!binary value contains invalid base64 data", "write the value without a tag");
        }
    }

    private static bool? ToBoolean(string tag, string value) => (tag, value) switch
    {
        (GoScalar.Boolean, "true" or "True" or "TRUE") => true,
        (GoScalar.Boolean, _) => false,
        (GoScalar.Integer or GoScalar.Number or GoScalar.Time, _) => null,
        (_, "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON") => true,
        (_, "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF") => false,
        _ => null,
    };

    private GoValue? DecodeList(YamlList list, GoType type)
    {
        if (type.Kind is not (GoKind.List or GoKind.Any))
        {
            return Refuse(list, "!!seq", string.Empty, type);
        }

        GoType element = type.Element ?? GoType.Any;
        return new GoValue { Items = [.. list.Items.Select((item, i) => Decode(item, element, FormattableString.Invariant($"[{i}]"))).OfType<GoValue>()] };
    }

    private GoValue? DecodeMap(YamlMap map, GoType type)
    {
        if (HasRepeatedKeys(map))
        {
            return null;
        }

        switch (type.Kind)
        {
            case GoKind.Struct:
                var value = new GoValue();
                DecodeFields(map, type, value, new HashSet<string>(StringComparer.Ordinal));
                return value;
            case GoKind.Map or GoKind.Any:
                DecodeEntries(map, type);
                return GoValue.Empty;
            default:
                return Refuse(map, "!!map", string.Empty, type);
        }
    }

    private bool HasRepeatedKeys(YamlMap map)
    {
        var lines = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        int before = objections.Count;
        foreach (YamlNode key in map.Pairs.Select(pair => pair.Key))
        {
            // Keys that are lists or mappings have no text of their own, and are all alike to the reader.
            string text = key is YamlScalar scalar ? "=" + scalar.Value : key.GetType().Name;
            if (!lines.TryGetValue(text, out YamlNode? first))
            {
                lines.Add(text, key);
                continue;
            }

            string name = key is YamlScalar known ? known.Value : string.Empty;
            Object(key.Start, $"mapping key \"{name}\" already defined at line {first.Start.Line}", "keep one of the two");
        }

        return objections.Count > before;
    }

    private void DecodeFields(YamlMap map, GoType type, GoValue value, HashSet<string> taken)
    {
        YamlNode? merged = null;
        foreach (KeyValuePair<YamlNode, YamlNode> pair in map.Pairs)
        {
            if (IsMerge(pair.Key))
            {
                merged = pair.Value;
            }
            else if (Decode(pair.Key, GoType.Text) is { } key && taken.Add(key.Text) && type.Fields!.TryGetValue(key.Text, out GoType? wanted)
                && Decode(pair.Value, wanted, Step(key.Text)) is { } decoded)
            {
                value.Set(key.Text, decoded);
            }
        }

        foreach (YamlMap source in merged is null ? [] : Sources(merged))
        {
            if (!HasRepeatedKeys(source))
            {
                DecodeFields(source, type, value, taken);
            }
        }
    }

    private void DecodeEntries(YamlMap map, GoType type)
    {
        bool hasTextKeys = type.Kind == GoKind.Map || map.Pairs.All(pair =>
            pair.Key is YamlScalar key && GoScalar.NotedTag(key) is GoScalar.Text or GoScalar.Merge);
        YamlNode? merged = null;
        foreach (KeyValuePair<YamlNode, YamlNode> pair in map.Pairs)
        {
            if (IsMerge(pair.Key))
            {
                merged = pair.Value;
            }
            else if (Decode(pair.Key, hasTextKeys ? GoType.Text : GoType.Any) is not null)
            {
                if (!hasTextKeys && pair.Key is not YamlScalar)
                {
                    throw GiveUp(pair.Key, "invalid map key: " + Describe(pair.Key), QuoteIt);
                }

                Decode(pair.Value, GoType.Any, Step(pair.Key is YamlScalar name ? ManifestProblems.Shorten(name.Value) : "?"));
            }
        }

        foreach (YamlMap source in merged is null ? [] : Sources(merged))
        {
            Decode(source, type);
        }
    }

    private IEnumerable<YamlMap> Sources(YamlNode merged)
    {
        IReadOnlyList<YamlNode> sources = merged is YamlList list ? list.Items : [merged];
        return sources.All(source => source is YamlMap)
            ? sources.Cast<YamlMap>()
            : throw GiveUp(
                merged, "map merge requires map or sequence of maps as the value", "merge a mapping or a list of mappings");
    }

    private static bool IsMerge(YamlNode key) =>
        key is YamlScalar { Value: YamlMap.MergeKey } scalar && GoScalar.NotedTag(scalar) is GoScalar.Merge;

    // The reader prints the whole key; of one that is not a word in braces only its kind is told here.
    private static string Describe(YamlNode key) => key is YamlMap { Pairs.Count: 1 } map
        && map.Pairs[0].Key is YamlScalar { IsPlain: true } name && GoScalar.NotedTag(name) is GoScalar.Text
        && map.Pairs[0].Value is YamlScalar { IsNull: true }
            ? $"map[string]interface {{}}{{\"{name.Value}\":interface {{}}(nil)}}"
            : key is YamlMap ? "map" : "slice";

    private GoValue? Refuse(YamlNode node, string tag, string value, GoType type)
    {
        if (node is not YamlScalar && node.Tag is not ("" or "!"))
        {
            tag = GoScalar.ShortTag(node.Tag);
            value = tag is "!!seq" or "!!map" ? string.Empty : " ``";
        }

        string advice = type.Kind switch
        {
            GoKind.Boolean or GoKind.OptionalBoolean => "write true or false",
            GoKind.Map => "write a mapping",
            GoKind.List => "write a list, each entry with '- '",
            GoKind.Struct => "write a mapping",
            _ => node is YamlMap ? QuoteIt : "write text",
        };
        Object(node.Start, $"cannot unmarshal {tag}{value} into {type.Name}", advice);
        return null;
    }

    private void Object(in Mark place, string message, string advice) =>
        objections.Add(new GatewayObjection(place, field, $"line {place.Line}: {message}", advice));

    private GivenUpException GiveUp(YamlNode node, string message, string advice) => new(new GatewayObjection(node.Start, field, message, advice));

    private string Step(string key) => field.Length == 0 ? key : "." + key;

    // The reader counts bytes.
    private static string Shorten(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        return bytes.Length > 10 ? Encoding.UTF8.GetString(bytes, 0, 7) + "..." : value;
    }

    /// <summary>Ends the decoding, as the reader's own panic does.</summary>
    private sealed class GivenUpException(GatewayObjection objection) : Exception(objection.Message)
    {
        public GatewayObjection Objection => objection;
    }
}
