using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using LlamaGate.Tests.Manifests;
using Xunit;

namespace LlamaGate.Tests;

// What the tests use of .NET, and .NET Framework does not have. Polyfill has the rest.

internal static class Framework
{
    private const string NoLinks = ".NET Framework makes and reads no links.";

    extension(FileSystemInfo info)
    {
        public string? LinkTarget => null;

        public UnixFileMode UnixFileMode => default;
    }

    extension(File)
    {
        public static FileSystemInfo CreateSymbolicLink(string path, string target) => Skip<FileSystemInfo>(NoLinks);
    }

    extension(GC)
    {
        public static long GetAllocatedBytesForCurrentThread() => Skip<long>(".NET Framework does not count what a thread allocates.");
    }

    extension(DateTime)
    {
        public static DateTime UnixEpoch => new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    }

    extension(string text)
    {
        public string Replace(string old, string replacement, StringComparison comparison) =>
            comparison == StringComparison.Ordinal ? text.Replace(old, replacement) : throw new NotSupportedException();
    }

    extension(StringBuilder builder)
    {
        public StringBuilder AppendLine(IFormatProvider provider, FormattableString text) => builder.AppendLine(text.ToString(provider));
    }

    private static T Skip<T>(string reason)
    {
        Assert.Skip(reason);
        return default!;
    }
}

// A class of its own: its method looks like that of files.
internal static class FolderLinks
{
    extension(Directory)
    {
        public static FileSystemInfo CreateSymbolicLink(string path, string target) => File.CreateSymbolicLink(path, target);
    }
}

/// <summary>Links take calls that .NET Framework does not have.</summary>
internal static class TestLink
{
    public static void ToFile(string path, string target) => File.CreateSymbolicLink(path, target);

    public static void ToFolder(string path, string target) => Directory.CreateSymbolicLink(path, target);
}

/// <summary>Mono is not Wine.</summary>
internal static class Wine
{
    public static bool IsRunning => false;

    public static void SkipWhere(string difference)
    {
    }
}

/// <summary>Processes take their arguments as one line there.</summary>
internal static class SystemTool
{
    public static bool TryRun(params string[] commandLine)
    {
        var start = new ProcessStartInfo(commandLine[0], string.Join(" ", commandLine.Skip(1).Select(word => '"' + word + '"')))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using Process tool = Process.Start(start)!;
            tool.StandardOutput.ReadToEnd();
            tool.WaitForExit();
            return tool.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>JsonSchema.Net reads the schemas in the other runs of these tests.</summary>
internal static class SchemaAgreement
{
    public static int Check(InMemoryManifests manifests, IReadOnlyList<Problem> problems) => 0;
}
