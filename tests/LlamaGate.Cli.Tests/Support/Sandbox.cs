using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using LlamaGate.Tests.Gateway;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>
/// A user of a test's own: a profile in a temporary folder, which holds <c>.llamagate</c>, and a current folder beside it. Nothing of
/// the real user's environment that <c>llamagate</c> looks at comes in, and no gateway is running unless the test says so.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private static readonly string CommandLine = System.Environment.GetEnvironmentVariable("LLAMAGATE_CLI")
        ?? typeof(Sandbox).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "CommandLine").Value!;

    private const string SetPrivileges = "/usr/bin/setpriv";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The path of the command line that is tested.</summary>
    public static string CommandLinePath => CommandLine;

    private readonly LoopbackServer noGateway = LoopbackServer.Closed();
    private readonly string root = Directory.CreateTempSubdirectory("llamagate-cli-").FullName;

    public Sandbox()
    {
        Profile = Directory.CreateDirectory(Path.Combine(root, "user")).FullName;
        Folder = Directory.CreateDirectory(Path.Combine(root, "work")).FullName;
        Temp = Directory.CreateDirectory(Path.Combine(root, "temp")).FullName;
        Environment["HOME"] = Profile;
        Environment["USERPROFILE"] = Profile;
        Environment["TMPDIR"] = Temp;
        Environment["TEMP"] = Temp;
        Environment["TMP"] = Temp;
        Environment["PORT"] = noGateway.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Environment["DOTNET_EnableWriteXorExecute"] = "0"; // The runtime starts faster without it.
        foreach (string name in new[] { "LLAMAGATE_HOME", "LLAMAGATE_API_KEY", "NO_COLOR", "TERM" })
        {
            Environment[name] = null;
        }
    }

    /// <summary>The user's profile.</summary>
    public string Profile { get; }

    /// <summary>The current folder.</summary>
    public string Folder { get; }

    /// <summary>The folder for temporary files.</summary>
    public string Temp { get; }

    /// <summary>The home in the profile.</summary>
    public string Home => Path.Combine(Profile, ".llamagate");

    /// <summary>What differs from this process's environment; null removes.</summary>
    public Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether programs run without root's right to read and write everything; as another user they have none to lose.</summary>
    public bool IsUnprivileged { get; set; }

    /// <summary>Whether programs get a console of their own on Windows, which is not shown.</summary>
    public bool HasOwnConsole { get; set; }

    /// <summary>Whether <see cref="IsUnprivileged"/> has an effect here.</summary>
    public static bool CanBeUnprivileged => !System.Environment.IsPrivilegedProcess || File.Exists(SetPrivileges);

    /// <summary>Runs <c>llamagate</c> with the words of a line, which has no quotes.</summary>
    public CommandResult RunLine(string line)
    {
        string[] words = line.Split(' ');
        Assert.Equal("llamagate", words[0]);
        return Run(words[1..]);
    }

    /// <summary>Runs <c>llamagate</c> with nothing on standard input.</summary>
    public CommandResult Run(params string[] args) => Run([], args);

    /// <summary>Runs <c>llamagate</c>.</summary>
    public CommandResult Run(byte[] input, string[] args)
    {
        using Process process = Start(args);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        CloseInput(process, input);
        WaitForEnd(process);
        return new CommandResult(process.ExitCode, Lines(output.Result), Lines(error.Result));
    }

    /// <summary>Writes to the standard input of a process, and closes it.</summary>
    public static void CloseInput(Process process, ReadOnlySpan<byte> input)
    {
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process has ended, or closed its input, before it read this: what it says and its exit code show whether it should have.
        }
    }

    /// <summary>Waits for the end of a process; one that does not come to an end is killed and fails the test.</summary>
    public static void WaitForEnd(Process process)
    {
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The process did not end within {Limit}.");
        }
    }

    /// <summary>Runs <c>llamagate</c>, which must do everything and have nothing to warn of.</summary>
    public string Done(params string[] args)
    {
        CommandResult result = Run(args);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        return result.Output;
    }

    /// <summary>Starts <c>llamagate</c> with all three streams in the test's hands.</summary>
    public Process Start(params string[] args) => StartProgram(CommandLine, args);

    /// <summary>Starts a program as the sandbox's user; <c>{llamagate}</c> in a word is the path of the one under test.</summary>
    public Process StartProgram(string program, params string[] args)
    {
        IEnumerable<string> words = args.Select(arg => arg.Replace("{llamagate}", CommandLine, StringComparison.Ordinal));
        if (IsUnprivileged && System.Environment.IsPrivilegedProcess)
        {
            const string Rights = "-dac_override,-dac_read_search";
            words = ["--inh-caps", Rights, "--bounding-set", Rights, program, .. words];
            program = SetPrivileges;
        }

        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            CreateNoWindow = HasOwnConsole,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string? value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Writes a file of the current folder.</summary>
    public string Write(string path, string content)
    {
        string file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    /// <summary>Writes a zip of the current folder.</summary>
    public string Zip(string name, params (string Path, string Content)[] files)
    {
        string path = Path.Combine(Folder, name);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string entry, string content) in files)
        {
            using Stream stream = zip.CreateEntry(entry).Open();
            stream.Write(Encoding.UTF8.GetBytes(content));
        }

        return path;
    }

    /// <summary>The manifest of a small extension.</summary>
    public static string Manifest(string id, string version = "1.0.0") =>
        $"name: {id}\nversion: {version}\ndescription: A test.\ntype: workflow\nsteps:\n  - uses: llm.chat\n";

    /// <summary>Writes the zip of an extension.</summary>
    public string ExtensionZip(string zip, string id, string version = "1.0.0", string? name = null, string more = "") => Zip(
        zip,
        ("manifest.yaml", Manifest(id, version)),
        ("extension.yaml", $"id: {id}\nname: \"{name ?? id}\"\nversion: {version}\n{more}"));

    /// <summary>Writes the zip of an agentic module.</summary>
    public string ModuleZip(string zip, string id, string version = "1.0.0") => Zip(
        zip, ("agenticmodule.yaml", $"name: {id}\nversion: {version}\ndescription: A test.\nsteps:\n  - extension: first\n"));

    /// <summary>Writes a registry whose items are not on disk, for commands that read no more than the registry.</summary>
    public void Register(params (string Id, string Type, bool Enabled)[] items)
    {
        Directory.CreateDirectory(Path.Combine(Home, "registry"));
        var entries = items.Select(item => new
        {
            id = item.Id,
            type = item.Type,
            name = "Name of " + item.Id,
            version = "1.0.0",
            enabled = item.Enabled,
            installed_at = "2026-01-02T03:04:05Z",
            last_updated_at = "2026-01-02T03:04:05Z",
            source_path = Path.Combine(Home, item.Type + "s", "installed", item.Id),
        });
        File.WriteAllText(Path.Combine(Home, "registry", "installed.json"), JsonSerializer.Serialize(entries));
    }

    /// <summary>What is below the profile: every path, with the content of files.</summary>
    public string Snapshot() => string.Join('\n', Directory
        .EnumerateFileSystemEntries(Profile, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path => path + "|" + (Directory.Exists(path) ? "folder" : Convert.ToHexString(File.ReadAllBytes(path)))));

    public void Dispose()
    {
        noGateway.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
