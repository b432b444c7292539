using System.Collections.Generic;

namespace LlamaGate.Manifests.GatewayRules;

/// <summary>What the user should know of how gateway 0.9.1 takes a manifest that import accepts (contract, section 4).</summary>
internal static class GatewayWarnings
{
    /// <summary>Judges a definition file that obeys the rules of import.</summary>
    /// <param name="tree">The content of the file.</param>
    /// <param name="type">The kind of item.</param>
    /// <param name="file">The name of the file.</param>
    /// <returns>A warning for each reason why the gateway refuses it, or treats it in a special way.</returns>
    public static IEnumerable<Problem> Of(YamlMap tree, ItemType type, string file)
    {
        GatewayManifest manifest = GatewayManifest.Read(tree, type);
        foreach (GatewayObjection objection in manifest.Objections)
        {
            string advice = objection.Advice.Length > 0 ? $" ({objection.Advice})" : string.Empty;
            yield return new Problem(
                Problem.Warning,
                file,
                $"gateway 0.9.1 does not load this {Word(type)}: {objection.Message}{advice}",
                objection.Field,
                objection.Place.Line,
                objection.Place.Column);
        }

        if (manifest.Refusal is null && manifest.SaysBuiltIn && tree.Find("builtin") is { } builtIn)
        {
            yield return new Problem(
                Problem.Warning,
                file,
                "gateway 0.9.1 treats this extension as one of its own: it ignores 'enabled: false', keeps the extension until a restart "
                    + "when you disable or remove it, and does not load it from the legacy directory. Remove the field",
                "builtin",
                builtIn.Start.Line,
                builtIn.Start.Column);
        }
    }

    private static string Word(ItemType type) => type == ItemType.Extension ? "extension" : "module";
}
