using System;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>File systems use the number of a deleted folder again: the time of creation tells the two apart.</summary>
[Collection(nameof(AloneOnDisk))]
public sealed class ReusedNumberTests : IDisposable
{
    private const int MostFolders = 200;

    // In memory no number is used again.
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void A_folder_that_has_the_number_of_the_staged_one_is_not_taken_for_it()
    {
        test.Import(test.ExtensionZip("x", "1.0.0", "one"));
        test.Import(test.ExtensionZip("y"));
        Death.At(test, "install.exchange", mayExchange: true, "import", test.ExtensionZip("x", "2.0.0", "two"));
        string item = test.Home.ItemFolder(ItemType.Extension, "x");
        string old = Path.Combine(test.Root, "old");
        Directory.Move(item, old);

        // Somebody tidies up, and puts the item back as a copy.
        string staged = Assert.Single(Directory.GetDirectories(test.Home.StagingFolder));
        FileIdentity deleted = FileIdentity.Of(staged)!.Value;
        WaitForLaterCreation(deleted);
        StorePath.Delete(staged);
        string? again = Enumerable.Range(0, MostFolders)
            .Select(number => Directory.CreateDirectory($"{staged}-{number}").FullName)
            .FirstOrDefault(folder => FileIdentity.Of(folder)!.Value.File == deleted.File);
        Assert.SkipWhen(again is null || deleted.Born == 0, "This file system does not use the number again, or does not tell the time of creation.");
        Directory.Move(again, item);
        File.Copy(Path.Combine(old, "manifest.yaml"), Path.Combine(item, "manifest.yaml"));
        Directory.Move(Path.Combine(old, "templates"), Path.Combine(item, "templates"));

        Operation.Run(test.Context(), "disable", "y");

        Assert.Equal("1.0.0", test.Item("x").Version);
        Assert.Equal("one", test.Read("extensions/installed/x/templates/body.txt"));
    }

    // The clock of the file system may stand still for milliseconds: what is made meanwhile has the same time of creation.
    private void WaitForLaterCreation(FileIdentity than)
    {
        if (than.Born == 0)
        {
            return; // It does not tell.
        }

        ulong born;
        do
        {
            string probe = Directory.CreateDirectory(Path.Combine(test.Root, "probe")).FullName;
            born = FileIdentity.Of(probe)!.Value.Born;
            Directory.Delete(probe);
        }
        while (born <= than.Born);
    }
}
