using System;
using System.IO;
using System.Text;
using System.Text.Json;
using LlamaGate.Feeds;

namespace LlamaGate.DesiredState;

/// <summary>Instances as DSC passes them: one JSON object each.</summary>
internal static class InstanceJson
{
    public static ItemInstance Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw ItemInstance.Error($"The instance is not valid JSON: {exception.Message}");
        }
    }

    public static string Write(ItemInstance instance) => Line(writer =>
    {
        writer.WriteStartObject();
        Text(writer, "_name", instance.Name);
        writer.WriteString("id", instance.Id);
        writer.WriteString("type", instance.Type.ToToken());
        Text(writer, "home", instance.Home);
        writer.WriteBoolean("_exist", instance.Exists);
        Flag(writer, "enabled", instance.Enabled);
        Text(writer, "version", instance.Version);
        if (instance.Source is { Location: { } location })
        {
            writer.WriteString("source", location);
        }
        else if (instance.Source is { } source)
        {
            writer.WriteStartObject("source");
            Text(writer, "repository", source.Repository);
            Text(writer, "name", source.PackageName);
            Flag(writer, "prerelease", source.IncludesPrerelease ? true : null);
            writer.WriteEndObject();
        }

        Text(writer, "sha256", instance.Sha256);
        Flag(writer, "intact", instance.Intact);
        writer.WriteEndObject();
    });

    /// <summary>One line of JSON, all of it ASCII: DSC reads UTF-8, and a console on Windows may write another code page.</summary>
    public static string Line(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static ItemInstance Read(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            throw ItemInstance.Error("The instance is not a JSON object. Specify an object with the properties 'id' and 'type'.");
        }

        string? id = null;
        ItemType? type = null;
        var instance = new ItemInstance(string.Empty, default);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            JsonElement value = property.Value;
            switch (property.Name)
            {
                case "id":
                    id = TextOf(value, property.Name);
                    break;
                case "type":
                    type = TypeOf(TextOf(value, property.Name));
                    break;
                case "home":
                    instance = instance with { Home = FullPath(TextOf(value, property.Name), property.Name) };
                    break;
                case "_exist":
                    instance = instance with { Exists = FlagOf(value, property.Name) };
                    break;
                case "enabled":
                    instance = instance with { Enabled = FlagOf(value, property.Name) };
                    break;
                case "version":
                    instance = instance with { Version = TextOf(value, property.Name) };
                    break;
                case "source":
                    instance = instance with { Source = SourceOf(value) };
                    break;
                case "sha256":
                    instance = instance with { Sha256 = TextOf(value, property.Name) };
                    break;
                case "intact" or "_name":
                    break; // Read only: what an export or a get has said may be given back.
                default:
                    throw Unknown(property.Name, "id, type, home, _exist, enabled, version, source and sha256");
            }
        }

        if (!ItemId.IsValid(id))
        {
            throw ItemInstance.Error($"The instance needs the property 'id'. {ItemId.Rule}.", id);
        }

        instance = instance with { Id = id!, Type = type ?? throw ItemInstance.Error("The instance needs the property 'type': extension or agentic-module.", id) };
        CheckVersion(instance);
        return instance;
    }

    private static InstanceSource SourceOf(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String)
        {
            string location = value.GetString()!;
            return new InstanceSource { Location = InstanceSource.IsAddress(location) ? location : FullPath(location, "source") };
        }

        if (value.ValueKind is not JsonValueKind.Object)
        {
            throw ItemInstance.Error("The property 'source' is neither text nor an object with the properties 'repository' and 'name'.");
        }

        var source = new InstanceSource();
        foreach (JsonProperty property in value.EnumerateObject())
        {
            source = property.Name switch
            {
                "name" => source with { PackageName = TextOf(property.Value, "source.name") },
                "repository" => source with { Repository = RepositoryOf(TextOf(property.Value, "source.repository")) },
                "prerelease" => source with { IncludesPrerelease = FlagOf(property.Value, "source.prerelease") },
                _ => throw Unknown("source." + property.Name, "source.name, source.repository and source.prerelease"),
            };
        }

        return source.PackageName is null
            ? throw ItemInstance.Error("The property 'source' needs the property 'name': the name of the package in the repository.")
            : source;
    }

    // DSC runs the resource in the folder of its manifest, which is no place that anyone means a path to be relative to.
    private static string FullPath(string path, string property)
    {
        bool isFull = Path.IsPathRooted(path) && (Path.DirectorySeparatorChar == '/' || (path.Length > 2 && (path[1] == ':' || path[1] is '\\' or '/')));
        return isFull
            ? Path.GetFullPath(path)
            : throw ItemInstance.Error($"The property '{property}' is '{path}', which is not a full path. Specify a full path.", path);
    }

    // A repository that is not a name is a folder or an address.
    private static string RepositoryOf(string text) =>
        !InstanceSource.IsAddress(text) && text.IndexOfAny(['/', '\\', ':']) >= 0 ? FullPath(text, "source.repository") : text;

    private static void CheckVersion(ItemInstance instance)
    {
        try
        {
            VersionChoice.Parse(instance.Version, includePrerelease: false);
        }
        catch (LlamaGateException exception)
        {
            throw ItemInstance.Error($"The property 'version' is not valid: {exception.Message}", instance.Id);
        }
    }

    private static ItemType TypeOf(string text) => ItemTypes.TryParse(text, out ItemType type)
        ? type
        : throw ItemInstance.Error($"The property 'type' is '{text}'. Specify extension or agentic-module.", text);

    private static string TextOf(JsonElement value, string property) =>
        value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw ItemInstance.Error($"The property '{property}' is not text, or is empty.");

    private static bool FlagOf(JsonElement value, string property) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw ItemInstance.Error($"The property '{property}' is not a Boolean. Specify true or false."),
    };

    private static LlamaGateException Unknown(string property, string known) =>
        ItemInstance.Error($"The property '{property}' is not known. The properties are {known}.", property);

    private static void Text(Utf8JsonWriter writer, string property, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(property, value);
        }
    }

    private static void Flag(Utf8JsonWriter writer, string property, bool? value)
    {
        if (value is { } flag)
        {
            writer.WriteBoolean(property, flag);
        }
    }
}
