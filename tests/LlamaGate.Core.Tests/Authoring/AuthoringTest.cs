using System.IO;
using LlamaGate.Tests.Packages;
using Xunit;

namespace LlamaGate.Tests.Authoring;

/// <summary>A folder of its own for each test of authoring, and the door that it goes through.</summary>
public abstract class AuthoringTest : PackageTest
{
    internal RecordingLog Log { get; } = new();

    private protected PackageAuthoring Authoring => new(Log);

    private protected CreatedPackage Create(string name, CreateOptions? options = null) =>
        Authoring.Create(InScratch(name), options ?? new CreateOptions(), _ => true, TestContext.Current.CancellationToken)!;

    private protected PackageTestResult Check(string path, bool strict = false, ItemType? type = null) =>
        Authoring.Test(path, type, strict, TestContext.Current.CancellationToken);

    private protected ExportedPackage Pack(string folder, string destination, bool overwrite = false) =>
        Authoring.Pack(folder, destination, null, overwrite, _ => true, TestContext.Current.CancellationToken)!;

    private protected PackageDetails Inspect(string path) => Authoring.Inspect(path, null, TestContext.Current.CancellationToken);

    private protected string InScratch(string name) => Path.Combine(Scratch, name);

    /// <summary>What is below the test's folder.</summary>
    private protected string Snapshot() => TestHome.Snapshot(Scratch);
}
