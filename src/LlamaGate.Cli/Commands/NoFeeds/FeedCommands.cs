using System;
using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Output;
using LlamaGate.DesiredState;

namespace LlamaGate.Cli.Commands;

/// <summary>What the native binary says in place of the commands for feeds.</summary>
internal static class FeedCommands
{
    /// <summary>The default maximum size of a download: 512 MiB.</summary>
    public const long DefaultMaxDownloadBytes = 512L * 1024 * 1024;

    private static readonly (string Name, string Description)[] Names =
    [
        ("repo", "Manages NuGet feeds (only in the .NET tool)."),
        ("search", "Finds packages in NuGet feeds (only in the .NET tool)."),
        ("install", "Installs packages from NuGet feeds (only in the .NET tool)."),
        ("save", "Saves packages of NuGet feeds (only in the .NET tool)."),
        ("publish", "Publishes packages to a NuGet feed (only in the .NET tool)."),
        ("update", "Updates items from NuGet feeds (only in the .NET tool)."),
    ];

    public static IEnumerable<Command> All => Array.ConvertAll(Names, name => new NoFeedCommand(name.Name, name.Description));

    /// <summary>The failure of everything that needs feeds.</summary>
    public static LlamaGateException Unavailable(string what) => new(
        "FeedsUnavailable",
        $"{what} needs the .NET tool: 'dotnet tool install LlamaGate.Cli'. The native binary has no NuGet client. Download the package "
        + "yourself and import the file.");

    /// <summary>Operates the DSC resource, which takes files and folders alone.</summary>
    public static void WithResource(Session session, Action<ItemResource> operate) => operate(new ItemResource(session.Store, new NoSupplier()));

    public static void Download(Session session, string address, string? sha256, ImportOptions options, long maxBytes, Action<OutputItem> report) =>
        session.Output.Error(Unavailable("A package from an address"));
}
