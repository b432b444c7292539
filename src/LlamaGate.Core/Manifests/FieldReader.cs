using System;
using System.Collections.Generic;
using System.Linq;
using YamlDotNet.Core;

namespace LlamaGate.Manifests;

/// <summary>
/// Reads the fields of a mapping by kind, as the gateway's YAML reader would take them, and records what is wrong with them. A field
/// that is not there, is null or has nothing but white space is absent.
/// </summary>
internal sealed class FieldReader
{
    /// <summary>The most characters of a display name.</summary>
    public const int MaxNameLength = 256;

    private readonly YamlMap map;
    private readonly string path;
    private readonly ManifestProblems problems;

    /// <summary>Reads the fields of a manifest.</summary>
    /// <param name="root">The mapping that holds the fields.</param>
    /// <param name="problems">Takes what is wrong with them.</param>
    public FieldReader(YamlMap root, ManifestProblems problems)
        : this(root, string.Empty, problems)
    {
    }

    private FieldReader(YamlMap map, string path, ManifestProblems problems)
    {
        this.map = map;
        this.path = path;
        this.problems = problems;
        CheckTag(map, path, "map");
    }

    /// <summary>Records a problem with a field.</summary>
    /// <param name="key">The name of the field in this mapping.</param>
    /// <param name="message">What is wrong, and what would be right.</param>
    public void Error(string key, string message) => problems.Error(PlaceOf(key), PathOf(key), message);

    /// <summary>Records a warning about a field.</summary>
    /// <param name="key">The name of the field in this mapping.</param>
    /// <param name="message">What the user should know.</param>
    public void Warning(string key, string message) => problems.Warning(PlaceOf(key), PathOf(key), message);

    /// <summary>Reads text. A number or another scalar without quotes is taken as it is written.</summary>
    /// <param name="key">The name of the field in this mapping.</param>
    /// <param name="required">Whether its absence is a problem.</param>
    /// <returns>The text; null when it is absent or not text.</returns>
    public string? Text(string key, bool required = false)
    {
        YamlNode? node = map.Find(key);
        switch (node)
        {
            case null or YamlScalar { IsNull: true }:
                return Absent(key, required);
            case YamlScalar scalar when CheckTag(scalar, PathOf(key), "str"):
                return string.IsNullOrWhiteSpace(scalar.Value) ? Absent(key, required) : scalar.Value;
            case YamlScalar:
                return null;
            default:
                Error(key, "must be text, not " + NameOf(node));
                return null;
        }
    }

    /// <summary>Reads text that is one of a few words.</summary>
    /// <param name="key">The name of the field in this mapping.</param>
    /// <param name="required">Whether its absence is a problem.</param>
    /// <param name="comparison">How the word is compared.</param>
    /// <param name="words">The accepted words, in the order in which a message lists them.</param>
    /// <returns>The text; null when it is absent or none of the words.</returns>
    public string? Word(string key, bool required, StringComparison comparison, params string[] words)
    {
        string? value = Text(key, required);
        if (value is null || Array.Exists(words, word => string.Equals(word, value, comparison)))
        {
            return value;
        }

        Error(key, $"{ManifestProblems.Quote(value)} must be one of {string.Join(", ", words)}");
        return null;
    }

    /// <summary>Reads a name for people.</summary>
    /// <param name="required">Whether its absence is a problem.</param>
    /// <returns>The name; null when it is absent or not valid.</returns>
    public string? DisplayName(bool required)
    {
        string? name = Text("name", required);
        if (name is { Length: > MaxNameLength } || name?.Any(char.IsControl) == true)
        {
            Error("name", $"{ManifestProblems.Quote(name)} must have at most {MaxNameLength} characters, and no control characters");
            return null;
        }

        return name;
    }

    /// <summary>Reads a semantic version.</summary>
    /// <param name="required">Whether its absence is a problem.</param>
    /// <returns>The version; null when it is absent or not valid.</returns>
    public string? Version(bool required)
    {
        string? version = Text("version", required);
        if (version is null || SemanticVersion.IsValid(version))
        {
            return version;
        }

        Error("version", $"{ManifestProblems.Quote(version)} is not a semantic version: write MAJOR.MINOR.PATCH, such as 1.0.0");
        return null;
    }

    /// <summary>Reads true or false. As in the gateway, the words of YAML 1.1 are understood too, with a warning.</summary>
    /// <returns>The value; null when it is absent or not a Boolean.</returns>
    public bool? Boolean(string key)
    {
        YamlNode? node = map.Find(key);
        switch (node)
        {
            case null or YamlScalar { IsNull: true }:
                return null;
            case YamlScalar scalar when !CheckTag(scalar, PathOf(key), "bool"):
                return null;
            case YamlScalar { IsPlain: true, Value: "true" or "True" or "TRUE" }:
                return true;
            case YamlScalar { IsPlain: true, Value: "false" or "False" or "FALSE" }:
                return false;
            case YamlScalar { IsPlain: true, Value: "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" }:
                Warning(key, "write 'true': not every YAML reader accepts this word as true");
                return true;
            case YamlScalar { IsPlain: true, Value: "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" }:
                Warning(key, "write 'false': not every YAML reader accepts this word as false");
                return false;
            case YamlScalar scalar:
                Error(key, $"{ManifestProblems.Quote(scalar.Value)} must be true or false, without quotes");
                return null;
            default:
                Error(key, "must be true or false, not " + NameOf(node));
                return null;
        }
    }

    /// <summary>Whether a field holds fields of its own.</summary>
    public bool IsMapping(string key) => map.Find(key) is YamlMap;

    /// <summary>Whether a field is not there or null.</summary>
    public bool IsAbsent(string key) => map.Find(key) is null or YamlScalar { IsNull: true };

    /// <summary>Reads the fields that a field holds.</summary>
    /// <returns>Its fields; null when it is absent or something else.</returns>
    public FieldReader? Fields(string key)
    {
        YamlNode? node = map.Find(key);
        switch (node)
        {
            case null or YamlScalar { IsNull: true }:
                return null;
            case YamlMap fields:
                return new FieldReader(fields, PathOf(key), problems);
            default:
                Error(key, "must be a mapping, not " + NameOf(node));
                return null;
        }
    }

    /// <summary>Reads a list whose every entry holds fields.</summary>
    /// <param name="key">The name of the field in this mapping.</param>
    /// <param name="required">What to say when there is no entry; null when there need not be one.</param>
    /// <returns>The fields of the entries, without those that are something else.</returns>
    public IReadOnlyList<FieldReader> Entries(string key, string? required = null)
    {
        YamlNode? node = map.Find(key);
        switch (node)
        {
            case null or YamlScalar { IsNull: true } or YamlList { Items.Count: 0 }:
                if (required is not null)
                {
                    Error(key, required);
                }

                return [];
            case YamlList list:
                return CheckTag(list, PathOf(key), "seq") ? Entries(key, list) : [];
            default:
                Error(key, "must be a list, not " + NameOf(node));
                return [];
        }
    }

    private List<FieldReader> Entries(string key, YamlList list)
    {
        var entries = new List<FieldReader>(list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            string entryPath = $"{PathOf(key)}[{i}]";
            if (list.Items[i] is YamlMap fields)
            {
                entries.Add(new FieldReader(fields, entryPath, problems));
            }
            else
            {
                problems.Error(list.Items[i].Start, entryPath, "must be a mapping, not " + NameOf(list.Items[i]));
            }
        }

        return entries;
    }

    private string? Absent(string key, bool required)
    {
        if (required)
        {
            Error(key, map.Find(key) is null ? "is required and is missing" : "is required and is empty");
        }

        return null;
    }

    // A tag that names another type than the field has would be taken for that type elsewhere.
    private bool CheckTag(YamlNode node, string field, string kind)
    {
        if (node.Tag is "" or "!" || string.Equals(node.Tag, "tag:yaml.org,2002:" + kind, StringComparison.Ordinal))
        {
            return true;
        }

        problems.Error(node.Start, field, $"has the tag {ManifestProblems.Quote(node.Tag)}: write the value without a tag");
        return false;
    }

    private Mark PlaceOf(string key) => (map.Find(key) ?? map).Start;

    private string PathOf(string key) => path.Length == 0 ? key : path + "." + key;

    private static string NameOf(YamlNode node) => node switch
    {
        YamlList => "a list",
        YamlMap => "a mapping",
        _ => "a single value",
    };
}
