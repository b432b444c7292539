using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace LlamaGate.ModuleTools.Package;

/// <summary>What a module's manifest says to the Gallery. Nothing in it is run.</summary>
internal sealed class ModuleManifest
{
    private readonly string path;
    private readonly Hashtable values;
    private readonly Hashtable galleryValues;

    private ModuleManifest(string path, Hashtable values)
    {
        this.path = path;
        this.values = values;
        galleryValues = values["PrivateData"] is Hashtable { Count: > 0 } data && data["PSData"] is Hashtable gallery
            ? gallery
            : throw new ToolException(path, 0, "There is no PrivateData.PSData.");
    }

    /// <summary>The module's version.</summary>
    public string Version => Get("ModuleVersion");

    /// <summary>Who made it.</summary>
    public string Author => Get("Author");

    /// <summary>Who owns it.</summary>
    public string CompanyName => Get("CompanyName");

    /// <summary>Whose it is.</summary>
    public string Copyright => Get("Copyright");

    /// <summary>What it is.</summary>
    public string Description => Get("Description");

    /// <summary>The address of its licence.</summary>
    public string LicenseUri => GetForGallery("LicenseUri");

    /// <summary>The address of its project.</summary>
    public string ProjectUri => GetForGallery("ProjectUri");

    /// <summary>The names of its cmdlets.</summary>
    public IReadOnlyList<string> Cmdlets => GetList(values, "CmdletsToExport");

    /// <summary>The words to find it by, its own and those that the Gallery knows modules, editions and cmdlets by.</summary>
    public IEnumerable<string> Tags =>
    [
        "PSModule",
        .. GetList(values, "CompatiblePSEditions").Select(edition => "PSEdition_" + edition),
        .. GetList(galleryValues, "Tags"),
        "PSIncludes_Cmdlet",
        .. Cmdlets.Select(cmdlet => "PSCmdlet_" + cmdlet),
        .. Cmdlets.Select(cmdlet => "PSCommand_" + cmdlet),
    ];

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="ToolException">It is not plain data.</exception>
    public static ModuleManifest Read(string path)
    {
        Ast script = Parser.ParseFile(path, out _, out ParseError[] errors);
        if (errors is [ParseError error, ..])
        {
            throw new ToolException(path, error.Extent.StartLineNumber, error.Message);
        }

        try
        {
            return script.Find(part => part is HashtableAst, searchNestedScriptBlocks: false)?.SafeGetValue() is Hashtable values
                ? new ModuleManifest(path, values)
                : throw new ToolException(path, 0, "There is no hashtable.");
        }
        catch (InvalidOperationException reason)
        {
            throw new ToolException(path, 0, reason.Message);
        }
    }

    private string Get(string key) => Get(values, key);

    private string GetForGallery(string key) => Get(galleryValues, key);

    private string Get(Hashtable table, string key) => table[key] is string { Length: > 0 } value
        ? value
        : throw new ToolException(path, 0, $"There is no {key}.");

    private IReadOnlyList<string> GetList(Hashtable table, string key) => table[key] is object[] { Length: > 0 } list
        ? [.. list.Cast<string>()]
        : throw new ToolException(path, 0, $"There is no list of {key}.");
}
