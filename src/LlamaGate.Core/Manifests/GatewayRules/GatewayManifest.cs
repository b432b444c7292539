using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace LlamaGate.Manifests.GatewayRules;

/// <summary>
/// What gateway 0.9.1 makes of a definition file, <c>manifest.yaml</c> or <c>agenticmodule.yaml</c>: what it loads, or why it does not
/// (contract, section 4). The gateway is looser than import in some rules, and stricter in others.
/// </summary>
internal sealed class GatewayManifest
{
    private GatewayManifest(GoValue value, IReadOnlyList<GatewayObjection> objections, string? refusal)
    {
        Name = value["name"].Text;
        Version = value["version"].Text;
        Kind = value["type"].Text;
        IsEnabled = value["enabled"].Flag ?? true;
        SaysBuiltIn = value["builtin"].Flag ?? false;
        StepExtensions = [.. value["steps"].Items.Select(step => step["extension"].Text).Where(name => name.Length > 0)];
        UsedSteps = [.. value["steps"].Items.Select(step => step["uses"].Text).Where(name => name.Length > 0)];
        Objections = objections;
        Refusal = refusal;
    }

    /// <summary>The name, by which the gateway knows an extension; empty when it has none.</summary>
    public string Name { get; }

    public string Version { get; }

    /// <summary><c>workflow</c>, <c>middleware</c> or <c>observer</c>; empty for a module.</summary>
    public string Kind { get; }

    /// <summary>False when the file says <c>enabled: false</c>: the gateway loads the extension then, and answers 503 for it.</summary>
    public bool IsEnabled { get; }

    /// <summary>Whether the file says <c>builtin: true</c>.</summary>
    public bool SaysBuiltIn { get; }

    /// <summary>The extensions that a module's steps name.</summary>
    public IReadOnlyList<string> StepExtensions { get; }

    /// <summary>What an extension's steps use.</summary>
    public IReadOnlyList<string> UsedSteps { get; }

    /// <summary>What the gateway's YAML reader or its rules object to, each with its place.</summary>
    public IReadOnlyList<GatewayObjection> Objections { get; }

    /// <summary>Why the gateway refuses the file, in its own words where they can be told; null when it loads it.</summary>
    public string? Refusal { get; }

    /// <summary>Reads the definition file of a folder or package.</summary>
    /// <param name="files">The files at the root.</param>
    /// <param name="type">The kind of item.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What the gateway makes of it, also when there is no such file.</returns>
    public static GatewayManifest Read(IManifestFiles files, ItemType type, CancellationToken cancellationToken)
    {
        string name = ManifestNames.Definition(type);
        if (!files.RootFiles.Contains(name, StringComparer.Ordinal))
        {
            string kind = type == ItemType.Extension ? "extension" : "module";
            return Refused($"no {kind} manifest found: {name} is required");
        }

        var problems = new ManifestProblems(name);
        YamlNode? root = ReadTree(files, name, problems, cancellationToken);
        return problems.InOrder.FirstOrDefault() is { } problem
            ? Refused("failed to parse YAML: " + Where(problem) + problem.Message)
            : Read(root, type);
    }

    /// <summary>Judges a definition file whose syntax is right.</summary>
    /// <param name="root">Its first document; null when it is empty.</param>
    /// <param name="type">The kind of item.</param>
    /// <returns>What the gateway makes of it.</returns>
    public static GatewayManifest Read(YamlNode? root, ItemType type)
    {
        GoType shape = type == ItemType.Extension ? GatewayTypes.Extension : GatewayTypes.Module;
        GoValue value = GoDecoder.Decode(root, shape, out IReadOnlyList<GatewayObjection> objections);
        if (objections.Count > 0)
        {
            return new GatewayManifest(value, objections, "failed to parse YAML: " + InOneLine(objections));
        }

        string? broken = type == ItemType.Extension ? GatewayValidation.OfExtension(value) : GatewayValidation.OfModule(value);
        if (broken is null)
        {
            return new GatewayManifest(value, [], null);
        }

        string advice = (root as YamlMap)?.Find("workflow") is not null && value["steps"].Items.Count == 0 ? "write 'steps' at the top level" : string.Empty;
        return new GatewayManifest(
            value, [new GatewayObjection(default, string.Empty, broken, advice)], "manifest validation failed: " + broken);
    }

    /// <summary>Reads a file as the gateway does: whatever encoding it takes, and only the first document.</summary>
    internal static YamlNode? ReadTree(IManifestFiles files, string name, ManifestProblems problems, CancellationToken cancellationToken)
    {
        try
        {
            using Stream stream = files.OpenRootFile(name);
            string? text = ManifestText.ReadAsGateway(stream, problems, cancellationToken);
            return text is null ? null : YamlTree.ParseFirst(text, problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Error("cannot be read: " + exception.Message);
            return null;
        }
    }

    private static GatewayManifest Refused(string refusal) => new(GoValue.Empty, [], refusal);

    private static string Where(Problem problem) => problem.Line > 0 ? FormattableString.Invariant($"line {problem.Line}: ") : string.Empty;

    private static string InOneLine(IReadOnlyList<GatewayObjection> objections) =>
        objections.Count == 1 && !objections[0].Message.StartsWith("line ", StringComparison.Ordinal)
            ? "yaml: " + objections[0].Message
            : "yaml: unmarshal errors: " + string.Join("; ", objections.Select(objection => objection.Message));
}
