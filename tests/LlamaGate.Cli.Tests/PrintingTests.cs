using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.Json;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>What is printed can be read by people and programs, whatever names hold.</summary>
public sealed class PrintingTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_name_that_would_steer_the_terminal_stays_in_its_line()
    {
        sandbox.Register(("one", "extension", true));
        string registry = Path.Combine(sandbox.Home, "registry", "installed.json");
        File.WriteAllText(registry, File.ReadAllText(registry).Replace("Name of one", "a\\nID: two\\u001b[2J\\u202e\\ud83e\\udd99", StringComparison.Ordinal));

        string list = sandbox.Done("list", "extensions");

        Assert.Contains("  a\\u000aID: two\\u001b[2J\\u202e\U0001F999 (v1.0.0)", list, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', list);
        Assert.Equal("a\nID: two\u001b[2J\u202e\U0001F999", sandbox.Run("list", "--json").Json.GetProperty("items")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void A_file_name_is_printed_as_it_is_read()
    {
        sandbox.Zip("bad.zip", ("manifest.yaml", Sandbox.Manifest("one")), ("\U0001F999\u65e5?.txt", "x"), ("\u001b[2J?.txt", "x"));

        CommandResult result = sandbox.Run("import", "bad.zip");

        Assert.Contains("  \U0001F999\u65e5?.txt: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("  \\u001b[2J?.txt: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Fact]
    public void A_console_of_UTF8_gets_no_byte_order_mark()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Only the code page 65001 of Windows has one.");
        sandbox.Register(("one", "extension", true));

        Assert.Equal("one\n", Encoding.Latin1.GetString(InConsole(65001, "list -q")).Replace("\r\n", "\n", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(InConsole(65001, "list --json"));
        Assert.Equal("one", json.RootElement.GetProperty("items")[0].GetProperty("id").GetString());
    }

    [Fact]
    public void Json_on_a_console_of_an_old_code_page_is_ASCII()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Only consoles of Windows have code pages.");
        sandbox.Environment["LLAMAGATE_HOME"] = Path.Combine(sandbox.Profile, "J\u00fcrgen \u65e5");
        sandbox.Run("import", sandbox.ExtensionZip("one.zip", "one", name: "\u65e5\u672c"), "--no-refresh");

        byte[] printed = InConsole(437, "list --json");

        Assert.True(Ascii.IsValid(printed), Encoding.UTF8.GetString(printed));
        using var json = JsonDocument.Parse(printed);
        JsonElement item = json.RootElement.GetProperty("items")[0];
        Assert.Equal("\u65e5\u672c", item.GetProperty("name").GetString());
        Assert.StartsWith(sandbox.Environment["LLAMAGATE_HOME"]!, item.GetProperty("path").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_is_no_package_and_its_folder_is_named()
    {
        string manifest = sandbox.Write(Path.Combine("my-ext", "manifest.yaml"), Sandbox.Manifest("one"));

        CommandResult result = sandbox.Run("import", Path.Combine("my-ext", "manifest.yaml"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"specify the folder that contains it, '{Path.GetDirectoryName(manifest)}'", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://user:secret@host/")]
    [InlineData("host?key=secret")]
    public void An_address_that_is_refused_is_told_without_its_secrets(string address) =>
        Assert.DoesNotContain("secret", sandbox.Run("refresh", "--uri", address).Error, StringComparison.Ordinal);

    // What llamagate writes to a pipe in a console of a code page: one of its own, because the code page is that of the whole console.
    private byte[] InConsole(int codePage, string line)
    {
        sandbox.HasOwnConsole = true;
        using Process process = sandbox.StartProgram("cmd.exe", ["/c", "chcp", $"{codePage}", ">nul", "&", "{llamagate}", .. line.Split(' ')]);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return output.ToArray();
    }
}
