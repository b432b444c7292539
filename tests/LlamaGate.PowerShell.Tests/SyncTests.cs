using System;
using System.IO;
using System.Text;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

public sealed class SyncTests : IDisposable
{
    private readonly PowerShellSession session = new();

    private string Installed => Path.Combine(session.Home, "extensions", "installed");

    private string Registry => Path.Combine(session.Home, "registry", "installed.json");

    public void Dispose() => session.Dispose();

    [Fact]
    public void Every_difference_is_settled_and_told()
    {
        session.Install("gone", "stays");
        Directory.Delete(Path.Combine(Installed, "gone"), recursive: true);
        TestPackage.LegacyFolder(Path.Combine(Installed, "found"), "found");
        Directory.CreateDirectory(Path.Combine(Installed, "rubbish"));

        RunResult result = session.Run("Sync-LlamaGateExtension -HomePath $store");

        Assert.Empty(result.Errors);
        Assert.All(result.Output, change => Assert.Equal("LlamaGate.SyncChange", change.TypeNames[0]));
        Assert.Equal(["found", "gone", "rubbish"], result.All("Id"));
        Assert.Equal(["Added", "Removed", "Skipped"], result.All("Status"));
        Assert.Equal(["found", "stays"], session.Run("Get-LlamaGateExtension -HomePath $store").All("Id"));
    }

    [Fact]
    public void Nothing_to_do_is_silence()
    {
        session.Install("alpha");

        RunResult result = session.Run("Sync-LlamaGateExtension -HomePath $store");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void A_corrupt_registry_is_moved_aside_and_rebuilt()
    {
        session.Install("alpha");
        File.WriteAllText(Registry, "{ not json");

        RunResult result = session.Run("Sync-LlamaGateExtension -HomePath $store");

        Assert.Empty(result.Errors);
        Assert.Equal(["alpha"], result.All("Id"));
        Assert.Equal(["alpha"], session.Run("Get-LlamaGateExtension -HomePath $store").All("Id"));
        string aside = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Registry)!, "installed.json.corrupt-*"));
        Assert.Equal("{ not json", File.ReadAllText(aside));
    }

    [Fact]
    public void A_corrupt_registry_is_left_alone_when_the_user_says_no()
    {
        session.Install("alpha");
        File.WriteAllText(Registry, "{ not json");
        session.User.Answers.Enqueue('N');
        string before = FolderSnapshot.Of(session.Home);

        RunResult result = session.Run("Sync-LlamaGateExtension -HomePath $store -Confirm");

        Assert.Empty(result.Output);
        Assert.Equal(before, FolderSnapshot.Of(session.Home));
    }

    [Fact]
    public void A_registry_that_the_gateway_cannot_read_is_left_alone_when_the_user_says_no()
    {
        session.Install("alpha");
        File.WriteAllText(Registry, File.ReadAllText(Registry), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        string before = FolderSnapshot.Of(session.Home);
        session.User.Answers.Enqueue('N');

        RunResult result = session.Run("Sync-LlamaGateExtension -HomePath $store -Confirm");

        Assert.Empty(result.Errors);
        Assert.Empty(session.User.Answers);
        Assert.Equal(before, FolderSnapshot.Of(session.Home));
    }
}
