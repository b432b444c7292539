using System;
using System.IO;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>
/// Every example command line of the specification, word for word, with what it prints. Each runs for a user who has the packages
/// of the specification in the current folder, a legacy directory there too, and installed the items that <see cref="Installed"/>
/// names.
/// </summary>
public sealed class SpecificationTests : IDisposable
{
    private const string Nothing = "";
    private const string Installed = "installed";

    private readonly Sandbox sandbox = new();

    /// <summary>Section, command line, what is installed before, and standard output.</summary>
    public static readonly TheoryData<string, string, string, string> CommandLines = new()
    {
        { "Import an Extension", "llamagate import extension my-extension.zip", Nothing, "Installed extension my-ext (v1.0.0)\n" },
        { "Export an Extension", "llamagate export extension my-ext --out my-ext.zip", Installed, "Exported extension my-ext (v1.0.0) to {folder}/my-ext.zip\n" },
        {
            "List Installed Items", "llamagate list extensions", Installed,
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
            "List Installed Items", "llamagate list agentic-modules", Installed,
            """
            Found 1 agentic module:

              my-module (v1.0.0) [enabled]
                ID: my-module
                Path: ~/.llamagate/agentic-modules/installed/my-module

            """
        },
        { "Remove an Item", "llamagate remove extension my-ext", Installed, "Removed extension my-ext (v1.0.0)\n" },
        { "Import", "llamagate import agentic-module my-module.zip", Nothing, "Installed agentic module my-module (v1.0.0)\n" },
        { "Import", "llamagate import package.zip", Nothing, "Installed extension package (v1.0.0)\n" },
        { "Export", "llamagate export agentic-module my-module --out exported.zip", Installed, "Exported agentic module my-module (v1.0.0) to {folder}/exported.zip\n" },
        { "Remove", "llamagate remove agentic-module my-module", Installed, "Removed agentic module my-module (v1.0.0)\n" },
        { "Enable/Disable", "llamagate enable extension another-ext", Installed, "Enabled extension another-ext (v2.1.0)\n" },
        { "Enable/Disable", "llamagate disable extension my-ext", Installed, "Disabled extension my-ext (v1.0.0)\n" },
        { "Enable/Disable", "llamagate enable agentic-module my-module", Installed, "Already enabled: agentic module my-module (v1.0.0)\n" },
        { "Enable/Disable", "llamagate disable agentic-module my-module", Installed, "Disabled agentic module my-module (v1.0.0)\n" },
        { "Migrate", "llamagate migrate", Nothing, "Migrated extension legacy-ext (v0.1.0)\n" },
        { "Migrate", "llamagate migrate old", Nothing, "Migrated extension older-ext (v0.2.0)\n" },
        { "Sync", "llamagate sync", Installed, "The registry agrees with what is on disk.\n" },
        { "Creating an Extension Package", "llamagate import extension ../work/my-extension.zip", Nothing, "Installed extension my-ext (v1.0.0)\n" },
        { "Sharing Extensions", "llamagate export extension my-ext --out my-extension-v1.0.0.zip", Installed, "Exported extension my-ext (v1.0.0) to {folder}/my-extension-v1.0.0.zip\n" },
    };

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [MemberData(nameof(CommandLines))]
    public void A_command_line_of_the_specification_works(string section, string line, string before, string expected)
    {
        Assert.NotEmpty(section);
        Prepare();
        if (before == Installed)
        {
            sandbox.Done("import", "my-extension.zip", "another-ext.zip", "my-module.zip");
            sandbox.Done("disable", "extension", "another-ext");
        }

        CommandResult result = sandbox.RunLine(line);

        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(expected.Replace("{folder}", sandbox.Folder, StringComparison.Ordinal), result.Output.Replace('\\', '/'));
    }

    [Fact]
    public void The_quick_start_leaves_what_the_specification_says()
    {
        Prepare();
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

    private void Prepare()
    {
        sandbox.ExtensionZip("my-extension.zip", "my-ext", name: "my-extension");
        sandbox.ExtensionZip("another-ext.zip", "another-ext", "2.1.0");
        sandbox.ExtensionZip("package.zip", "package");
        sandbox.ModuleZip("my-module.zip", "my-module");
        foreach ((string folder, string id, string version) in new[] { ("extensions", "legacy-ext", "0.1.0"), ("old", "older-ext", "0.2.0") })
        {
            sandbox.Write(
                Path.Combine(folder, id, "manifest.yaml"),
                $"name: {id}\nversion: {version}\ndescription: A test.\ntype: workflow\nsteps:\n  - uses: llm.chat\n");
        }
    }
}
