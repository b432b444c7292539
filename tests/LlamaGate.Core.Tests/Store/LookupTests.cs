using System;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

public sealed class LookupTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void An_id_is_found_whatever_its_case_an_exact_match_first()
    {
        test.Import(test.ExtensionZip("My-Ext"));
        test.Import(test.ModuleZip("my-ext"));
        using PackageStore store = test.Open();

        Assert.Equal("Extension", store.FindItem("My-Ext", null).Type);
        Assert.Equal("AgenticModule", store.FindItem("my-ext", null).Type);
        Assert.Equal("My-Ext", store.FindItem("MY-EXT", ItemType.Extension).Id);
    }

    [Fact]
    public void An_id_of_both_types_asks_for_the_type()
    {
        test.Import(test.ExtensionZip("twin"));
        test.Import(test.ModuleZip("twin"));
        using PackageStore store = test.Open();

        LlamaGateException error = Assert.Throws<LlamaGateException>(() => store.FindItem("twin", null));
        Assert.Equal((ErrorIds.AmbiguousId, "twin"), (error.ErrorId, error.Target));
        Assert.Contains("-Type", error.Message, StringComparison.Ordinal);
        Assert.Equal("AgenticModule", store.FindItem("twin", ItemType.AgenticModule).Type);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public void An_id_that_is_not_there_is_an_error_that_says_where_to_look(string id)
    {
        using PackageStore store = test.Open();

        LlamaGateException error = Assert.Throws<LlamaGateException>(() => store.FindItem(id, null));
        Assert.Equal(ErrorIds.ItemNotFound, error.ErrorId);
        Assert.Contains("item not found", error.Message, StringComparison.Ordinal);
        Assert.Contains("Get-LlamaGateExtension", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_only_on_disk_is_found_there()
    {
        test.Write("extensions/installed/loose/manifest.yaml", TestHome.Manifest("loose", "3.0.0"));
        test.Write("extensions/installed/broken/manifest.yaml", "name: [");
        test.Write("extensions/installed/backups/loose/20260101-000000/manifest.yaml", TestHome.Manifest("loose"));
        using PackageStore store = test.Open();

        Assert.Equal("3.0.0", store.FindItem("LOOSE", null).Version);
        Assert.Equal("broken", store.FindItem("broken", null).Id);
        Assert.Equal(["broken", "loose"], store.FindItems(_ => true, null).Select(item => item.Id));
        Assert.Throws<LlamaGateException>(() => store.FindItem("backups", null));
        Assert.Empty(store.GetItems());
    }

    /// <summary>
    /// As a pipeline of ids does it. What is counted is the memory that a look-up takes, which shows whether the registry is read or copied
    /// for it.
    /// </summary>
    [Theory]
    [InlineData("item-7")]
    [InlineData("ITEM-7")]
    [InlineData("missing")]
    public void A_lookup_takes_no_more_where_there_are_more_items(string id)
    {
        long few = BytesOf100Lookups(id, items: 100);
        long many = BytesOf100Lookups(id, items: 10_000);

        Assert.True(many < 2 * few, $"{few} bytes among 100 items, {many} bytes among 10,000.");
    }

    private long BytesOf100Lookups(string id, int items)
    {
        test.Write("registry/installed.json", Registry(items));
        using PackageStore store = test.Open();
        store.GetItems(id, null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            store.GetItems(id, null);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Registry(int items) => "[" + string.Join(",", Enumerable.Range(0, items).Select(i =>
        $$"""{"id":"item-{{i}}","type":"extension","name":"n","version":"1.0.0","enabled":true,"installed_at":"2026-01-01T00:00:00Z","last_updated_at":"2026-01-01T00:00:00Z","source_path":""}""")) + "]";
}
