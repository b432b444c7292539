using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Holds LlamaGate.Core to the floors that docs/design.md shows.</summary>
public sealed partial class FloorTests
{
    private const string Root = "LlamaGate";

    private static readonly string[] Doors = [nameof(PackageStore), nameof(PackageAuthoring)];

    [Fact]
    public void Types_know_only_the_floors_below()
    {
        string[][] floors = ReadPicture();
        Assert.True(floors.Length >= 5, "The picture of the floors in docs/design.md was not found.");
        Architecture core = new ArchLoader().LoadAssemblies(typeof(PackageStore).Assembly).Build();
        var parts = core.Types.Where(type => type.FullName.StartsWith(Root + ".", StringComparison.Ordinal)).ToDictionary(type => type, PartOf);
        string[] upwards = [.. parts.Keys
            .SelectMany(type => type.GetTypeDependencies(core).Where(parts.ContainsKey).Select(target => (Source: type, Target: target)))
            .Where(arrow => parts[arrow.Source] != parts[arrow.Target] && FloorOf(floors, parts[arrow.Target]) <= FloorOf(floors, parts[arrow.Source]))
            .Select(arrow => $"{arrow.Source.FullName} -> {arrow.Target.FullName}")
            .Distinct()
            .Order(StringComparer.Ordinal)];

        Assert.Empty(upwards);
        Assert.All(parts.Values.Distinct(), part => Assert.Contains(floors, floor => floor.Contains(part)));
    }

    // The top floor is 0.
    private static int FloorOf(string[][] floors, string part) => Array.FindIndex(floors, floor => floor.Contains(part));

    private static string PartOf(IType type)
    {
        string name = type.FullName[(Root.Length + 1)..];
        string? door = Doors.FirstOrDefault(door => name.StartsWith(door, StringComparison.Ordinal));
        return door is not null ? door
            : type.Namespace.FullName == Root ? "Model"
            : type.Namespace.FullName.Split('.')[1];
    }

    private static string[][] ReadPicture() =>
    [
        .. Picture().Match(File.ReadAllText(Path.Combine(Repository.Root, "docs", "design.md"))).Groups["floors"].Value
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];

    [GeneratedRegex(@"```text\n(?<floors>PackageStore .*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Picture();
}
