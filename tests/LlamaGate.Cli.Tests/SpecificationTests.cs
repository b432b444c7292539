using System;
using System.IO;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>
/// Every example command line of the specification, word for word, with what it prints. Each is run by a new user: either one who has
/// the specification's packages and a legacy directory in the current folder, or one who has installed those packages.
/// </summary>
public sealed class SpecificationTests : IDisposable
{
    private const string HasPackages = "has the packages";
    private const string HasInstalled = "has installed them";

    private readonly Sandbox sandbox = new();

    /// <summary>The section of the specification, the command line, what the user has, and standard output.</summary>
    public static readonly TheoryData<string, string, string, string> CommandLines = new()
    {
        {
            "Quick Start, Import an Extension",
            "llamagate import extension my-extension.zip", HasPackages, "Installed extension my-ext (v1.0.0)\n"
        },
        {
            "Quick Start, Export an Extension",
            "llamagate export extension my-ext --out my-extension.zip", HasInstalled,
            "Exported extension my-ext (v1.0.0) to {folder}/my-extension.zip\n"
        },
        {
            "Quick Start, List Installed Items",
            "llamagate list extensions", HasInstalled,
            """
            Found 2 extensions:

              another-ext (v2.1.0) [disabled]
                ID: another-ext
                Path: ~/.llamagate/extensions/installed/another-ext

              my-extension (v1.0.0) [enabled]
                ID: my-ext
                Path: ~/.llamagate/extensions/installed/my-ext

            """
        },
        {
            "Quick Start, List Installed Items",
            "llamagate list agentic-modules", HasInstalled,
            """
            Found 1 agentic module:

              my-module (v1.0.0) [enabled]
                ID: my-module
                Path: ~/.llamagate/agentic-modules/installed/my-module

            """
        },
        {
            "Quick Start, Remove an Item",
            "llamagate remove extension my-ext", HasInstalled, "Removed extension my-ext (v1.0.0)\n"
        },
        {
            "CLI Commands, Import",
            "llamagate import agentic-module my-module.zip", HasPackages, "Installed agentic module my-module (v1.0.0)\n"
        },
        { "CLI Commands, Import", "llamagate import package.zip", HasPackages, "Installed extension package (v1.0.0)\n" },
        {
            "CLI Commands, Export",
            "llamagate export agentic-module my-module --out my-module.zip", HasInstalled,
            "Exported agentic module my-module (v1.0.0) to {folder}/my-module.zip\n"
        },
        {
            "CLI Commands, Remove",
            "llamagate remove agentic-module my-module", HasInstalled, "Removed agentic module my-module (v1.0.0)\n"
        },
        { "CLI Commands, Enable", "llamagate enable extension another-ext", HasInstalled, "Enabled extension another-ext (v2.1.0)\n" },
        { "CLI Commands, Disable", "llamagate disable extension my-ext", HasInstalled, "Disabled extension my-ext (v1.0.0)\n" },
        {
            "CLI Commands, Enable",
            "llamagate enable agentic-module my-module", HasInstalled, "Already enabled: agentic module my-module (v1.0.0)\n"
        },
        {
            "CLI Commands, Disable",
            "llamagate disable agentic-module my-module", HasInstalled, "Disabled agentic module my-module (v1.0.0)\n"
        },
        { "CLI Commands, Migrate", "llamagate migrate old", HasPackages, "Migrated extension older-ext (v0.2.0)\n" },
        { "CLI Commands, Sync", "llamagate sync", HasInstalled, "The registry agrees with the disk.\n" },
        {
            "Examples, Creating an Extension Package",
            "llamagate import extension ../my-extension.zip", HasPackages, "Installed extension my-ext (v1.0.0)\n"
        },
        {
            "Examples, Sharing Extensions",
            "llamagate export extension my-ext --out my-extension-v1.0.0.zip", HasInstalled,
            "Exported extension my-ext (v1.0.0) to {folder}/my-extension-v1.0.0.zip\n"
        },
        {
            "Examples, Sharing Extensions",
            "llamagate import extension my-extension-v1.0.0.zip", HasPackages, "Installed extension my-ext (v1.0.0)\n"
        },
        { "Migration from Legacy Layout", "llamagate migrate", HasPackages, "Migrated extension legacy-ext (v0.1.0)\n" },
    };

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [MemberData(nameof(CommandLines))]
    public void A_command_line_of_the_specification_works(string section, string line, string user, string expected)
    {
        Assert.NotEmpty(section);
        MakePackages();
        if (user == HasInstalled)
        {
            InstallPackages();
        }

        CommandResult result = sandbox.RunLine(line);

        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string folder = sandbox.Folder.Replace('\\', '/');
        Assert.Equal(expected.Replace("{folder}", folder, StringComparison.Ordinal), result.Output.Replace('\\', '/'));
    }

    [Fact]
    public void The_quick_start_leaves_what_the_specification_says()
    {
        MakePackages();
        string installed = Path.Combine(sandbox.Home, "extensions", "installed", "my-ext");

        sandbox.Done("import", "extension", "my-extension.zip");
        Assert.True(File.Exists(Path.Combine(installed, "manifest.yaml")));
        Assert.True(File.Exists(Path.Combine(sandbox.Home, "registry", "installed.json")));

        sandbox.Done("export", "extension", "my-ext", "--out", "shared.zip");
        sandbox.Done("remove", "extension", "my-ext");
        Assert.False(Directory.Exists(installed));
        Assert.Equal("[]", File.ReadAllText(Path.Combine(sandbox.Home, "registry", "installed.json")));

        Assert.Equal("Installed extension my-ext (v1.0.0)\n", sandbox.Done("import", "extension", "shared.zip"));
    }

    private void MakePackages()
    {
        foreach (string zip in new[] { "my-extension.zip", "../my-extension.zip", "my-extension-v1.0.0.zip" })
        {
            sandbox.ExtensionZip(zip, "my-ext", name: "my-extension");
        }

        sandbox.ExtensionZip("another-ext.zip", "another-ext", "2.1.0");
        sandbox.ExtensionZip("package.zip", "package");
        sandbox.ModuleZip("my-module.zip", "my-module");
        sandbox.Write("extensions/legacy-ext/manifest.yaml", Sandbox.Manifest("legacy-ext", "0.1.0"));
        sandbox.Write("old/older-ext/manifest.yaml", Sandbox.Manifest("older-ext", "0.2.0"));
    }

    private void InstallPackages()
    {
        sandbox.Done("import", "my-extension.zip", "another-ext.zip", "my-module.zip");
        sandbox.Done("disable", "extension", "another-ext");
        foreach (string zip in Directory.GetFiles(sandbox.Folder, "*.zip"))
        {
            File.Delete(zip);
        }
    }
}
