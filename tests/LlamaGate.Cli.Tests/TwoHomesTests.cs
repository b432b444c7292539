using System;
using System.IO;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>The way of a package from its first line to a home that is not its author's, and back from a version that was not good.</summary>
public sealed class TwoHomesTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_package_is_made_published_installed_updated_verified_and_restored()
    {
        string feed = Path.Combine(sandbox.Folder, "feed");
        string other = Path.Combine(sandbox.Folder, "other");
        string manifest = Path.Combine(sandbox.Folder, "hello", "manifest.yaml");

        sandbox.Done("new", "hello");
        sandbox.Done("test", "hello", "--strict");
        sandbox.Done("pack", "hello", "--out", "hello-first.zip");
        sandbox.Done("repo", "add", "team", feed);
        sandbox.Done("publish", "hello-first.zip", "--repository", "team");
        string version = Version(manifest);

        sandbox.Done("repo", "add", "team", feed, "--home", other);
        Assert.Equal($"Installed extension hello (v{version})\n", sandbox.Done("install", "hello", "--home", other));

        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(manifest)!, "*.yaml"))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace("version: " + version, "version: 9.0.0", StringComparison.Ordinal));
        }

        sandbox.Done("pack", "hello", "--out", "hello-second.zip");
        sandbox.Done("publish", "hello-second.zip", "--repository", "team");

        Assert.Equal($"Would update extension hello (v{version}) to v9.0.0 from team\n", sandbox.Done("update", "--dry-run", "--home", other));
        Assert.Equal($"Updated extension hello (v{version}) to v9.0.0 from team\n", sandbox.Done("update", "--home", other));
        Assert.StartsWith("Intact: extension hello (v9.0.0)", sandbox.Done("verify", "--home", other), StringComparison.Ordinal);
        Assert.Contains($"v{version}", sandbox.Done("restore", "extension", "hello", "--home", other), StringComparison.Ordinal);
        Assert.StartsWith($"Intact: extension hello (v{version})", sandbox.Done("verify", "--home", other), StringComparison.Ordinal);
        Assert.Contains("to v9.0.0 from team", sandbox.Done("update", "--dry-run", "--home", other), StringComparison.Ordinal);
    }

    private static string Version(string manifest)
    {
        const string Field = "version: ";
        string line = Array.Find(File.ReadAllLines(manifest), line => line.StartsWith(Field, StringComparison.Ordinal))!;
        return line[Field.Length..].Trim();
    }
}
