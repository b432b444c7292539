using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using LlamaGate.Transactions;
using Xunit;

namespace LlamaGate.Tests.Store;

// Longer than 300 lines because the registry is one file, and every field of it has its cases.

public sealed class RegistryTests : IDisposable
{
    private const string Gateway = """
        [
          {
            "id": "request-inspector",
            "type": "extension",
            "name": "request-inspector",
            "version": "1.0.0",
            "enabled": true,
            "installed_at": "2026-11-22T18:31:07.416359446Z",
            "last_updated_at": "2026-11-22T18:31:07.416359446Z",
            "source_path": "/home/user/.llamagate/extensions/installed/request-inspector"
          },
          {
            "id": "intake_and_routing",
            "type": "agentic-module",
            "name": "intake_and_routing",
            "version": "1.0.0",
            "enabled": true,
            "installed_at": "2026-11-22T18:31:07.423273051+01:00",
            "last_updated_at": "2026-11-22T18:31:07.423273051+01:00",
            "source_path": "/home/user/.llamagate/agentic-modules/installed/intake_and_routing",
            "x_gateway_note": {
              "kept": [
                1,
                2e400,
                "\u00e9"
              ]
            }
          },
          {
            "id": "deck-builder",
            "type": "extension",
            "name": "deck-builder",
            "version": "1.0.0",
            "enabled": true,
            "installed_at": "2026-11-22T18:31:07.403917658Z",
            "last_updated_at": "2026-11-22T18:31:07.403917658Z",
            "source_path": "/home/user/.llamagate/extensions/installed/deck-builder"
          }
        ]
        """;

    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void What_the_gateway_wrote_is_read_without_touching_it()
    {
        string file = test.Write("registry/installed.json", Gateway);

        Assert.Equal(["intake_and_routing", "deck-builder", "request-inspector"], test.Items().Select(item => item.Id));
        InstalledItem module = test.Item("intake_and_routing");
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 18, 31, 7, TimeSpan.FromHours(1)).AddTicks(4232730), module.InstalledAt);
        Assert.Equal(test.Home.ItemFolder(ItemType.AgenticModule, "intake_and_routing"), module.Path);
        Assert.Equal(Gateway, File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(test.Home.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_change_rewrites_one_entry_and_keeps_every_other_byte_but_the_order()
    {
        string file = test.Write("registry/installed.json", Gateway);
        using (PackageStore store = test.Open())
        {
            store.SetEnabled(store.FindItem("deck-builder", null), enabled: false, default);
        }

        string[] before = Gateway.Split('\n');
        string[] after = File.ReadAllText(file).Split('\n');
        string[] changed = [.. after.Except(before)];
        Assert.Equal(2, changed.Length);
        Assert.Equal("    \"enabled\": false,", changed[0]);
        Assert.StartsWith("    \"last_updated_at\": \"", changed[1], StringComparison.Ordinal);
        Assert.Contains("          2e400,", after.Select(line => "  " + line));
        Assert.Equal(before.Length, after.Length);
        JsonArray json = JsonNode.Parse(File.ReadAllText(file))!.AsArray();
        Assert.Equal(["intake_and_routing", "deck-builder", "request-inspector"], json.Select(entry => (string?)entry!["id"]));
        Assert.NotNull(json[0]!["x_gateway_note"]);
    }

    [Fact]
    public void Entries_that_are_not_understood_are_kept()
    {
        test.Write("registry/installed.json", """[ "text", {"id":"x","type":"plugin","n":1}, {"id":"../up","type":"extension"}, 7 ]""");
        test.Import(test.ExtensionZip("y"));

        JsonArray json = JsonNode.Parse(test.Read("registry/installed.json"))!.AsArray();
        Assert.Equal(5, json.Count);
        Assert.Equal("y", (string?)json[0]!["id"]);
        Assert.Equal(["\"text\"", "{\"id\":\"x\",\"type\":\"plugin\",\"n\":1}", "{\"id\":\"../up\",\"type\":\"extension\"}", "7"], json.Skip(1).Select(each => each!.ToJsonString()));
        Assert.Equal(["y"], test.Items().Select(item => item.Id));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("  [ ]  \r\n")]
    [InlineData("\ufeff[]")]
    public void An_empty_registry_is_one_in_any_of_its_spellings(string json)
    {
        test.Write("registry/installed.json", string.Empty);
        File.WriteAllBytes(test.Home.RegistryFile, Encoding.UTF8.GetBytes(json));

        Assert.Empty(test.Items());
    }

    [Fact]
    public void Optional_fields_may_be_missing_and_in_any_order()
    {
        test.Write("registry/installed.json", """[{"type":"extension","enabled":true,"id":"x"},{"id":"y","type":"agentic-module","name":null}]""");

        InstalledItem item = test.Item("x");
        Assert.Equal(("x", string.Empty, true), (item.Name, item.Version, item.Enabled));
        Assert.Null(item.InstalledAt);
        Assert.Equal(2, test.Items().Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[{]")]
    [InlineData("garbage")]
    [InlineData("[\"\\ud800\", {\"id\":\"\\ud800\",\"type\":\"extension\"}]")]
    public void A_registry_that_cannot_be_read_fails_every_command_and_stays_as_it_is(string json)
    {
        string file = test.Write("registry/installed.json", json);

        Assert.Equal(ErrorIds.RegistryCorrupt, Assert.Throws<LlamaGateException>(() => test.Items()).ErrorId);
        LlamaGateException error = test.ImportFails(test.ExtensionZip("x"));
        Assert.Equal(ErrorIds.RegistryCorrupt, error.ErrorId);
        Assert.Contains("Sync-LlamaGateExtension", error.Message, StringComparison.Ordinal);
        Assert.Equal(json, File.ReadAllText(file));
        Assert.False(Directory.Exists(test.Home.ItemFolder(ItemType.Extension, "x")));
    }

    [Fact]
    public void Invalid_utf8_is_a_registry_that_cannot_be_read()
    {
        test.Write("registry/installed.json", string.Empty);
        File.WriteAllBytes(test.Home.RegistryFile, [(byte)'[', (byte)'"', 0xFF, (byte)'"', (byte)']']);

        Assert.Equal(ErrorIds.RegistryCorrupt, Assert.Throws<LlamaGateException>(() => test.Items()).ErrorId);
    }

    [Fact]
    public void Commits_are_in_the_journal_until_the_registry_is_saved_and_everyone_sees_them()
    {
        using PackageStore store = test.Open();
        ImportOutcome outcome = Assert.Single(store.Import([test.ExtensionZip("x")], new ImportOptions(), _ => true, default));
        Assert.Null(outcome.Error);

        Assert.False(File.Exists(test.Home.RegistryFile));
        Assert.True(File.Exists(test.Home.JournalFile));
        Assert.Equal("1.0.0", test.Item("x").Version);

        store.Save(default);
        Assert.True(File.Exists(test.Home.RegistryFile));
        Assert.False(File.Exists(test.Home.JournalFile));
        Assert.Equal("1.0.0", test.Item("x").Version);
    }

    [Fact]
    public void A_line_that_was_torn_off_at_the_journals_end_was_never_committed()
    {
        using (PackageStore store = test.Open())
        {
            Assert.Single(store.Import([test.ExtensionZip("x")], new ImportOptions(), _ => true, default));
            File.AppendAllText(test.Home.JournalFile, "{\"op\":\"drop\",\"type\":\"extension\",\"id\":\"x\"");
            Assert.Equal("x", Assert.Single(test.Items()).Id);
            Assert.Single(store.Import([test.ExtensionZip("y")], new ImportOptions(), _ => true, default));
        }

        Assert.Equal(["x", "y"], test.Items().Select(item => item.Id));
    }

    [Fact]
    public void A_journal_that_cannot_be_read_is_reported_and_kept_aside_by_the_sync()
    {
        test.Import(test.ExtensionZip("x"));
        File.WriteAllText(test.Home.JournalFile, "garbage that is long enough to be no torn header line at all\nand more\n");

        Assert.Equal(ErrorIds.RegistryCorrupt, Assert.Throws<LlamaGateException>(() => test.Items()).ErrorId);
        using (PackageStore store = test.Open())
        {
            store.Sync(store.PlanSync(default), _ => true, default);
        }

        Assert.Equal("x", Assert.Single(test.Items()).Id);
        Assert.Single(Directory.GetFiles(test.Home.RegistryFolder, "journal.jsonl.corrupt-*"));
    }

    [Theory]
    [InlineData("registry/installed.json")]
    [InlineData("registry/journal.jsonl")]
    public void A_file_beyond_all_measure_is_not_read_and_kept_aside_by_the_sync(string place)
    {
        test.Import(test.ExtensionZip("x"));
        string file = test.Write(place, "[");
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.SetLength((256L << 20) + 100);
        }

        Assert.Equal(ErrorIds.RegistryCorrupt, Assert.Throws<LlamaGateException>(() => test.Items()).ErrorId);
        Operation.Run(test.Context(), "sync");

        Assert.Equal("x", Assert.Single(test.Items()).Id);
        Assert.Equal((256L << 20) + 100, new FileInfo(Assert.Single(Directory.GetFiles(test.Home.RegistryFolder, "*.corrupt-*"))).Length);
    }

    [Theory]
    [InlineData("registry/installed.json")]
    [InlineData("registry/journal.jsonl")]
    [InlineData("registry/store.lock")]
    public void A_pipe_in_the_place_of_a_file_is_refused_without_waiting_for_it(string place)
    {
        string path = Path.Combine(test.Home.Path, place);
        test.Import(test.ExtensionZip("x"));
        File.Delete(path);
        Assert.SkipUnless(SystemTool.TryRun("mkfifo", path), "This system has no named pipes.");

        LlamaGateException error = test.ImportFails(test.ExtensionZip("y"));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("a pipe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_home_that_is_a_file_is_no_empty_home()
    {
        File.WriteAllText(test.Home.Path, "a file");

        Assert.Equal(ErrorIds.RegistryCorrupt, Assert.Throws<LlamaGateException>(() => test.Items()).ErrorId);
        Assert.Equal(ErrorIds.RegistryCorrupt, Assert.Throws<LlamaGateException>(() => Operation.Run(test.Context(), "sync")).ErrorId);
        Assert.Equal(ErrorIds.RegistryCorrupt, test.ImportFails(test.ExtensionZip("x")).ErrorId);
        Assert.Equal("a file", File.ReadAllText(test.Home.Path));
    }

    [Fact]
    public void A_registry_that_cannot_be_saved_for_another_writer_is_told_once_and_nothing_is_lost()
    {
        using (PackageStore store = test.Open())
        {
            Assert.Single(store.Import([test.ExtensionZip("x")], new ImportOptions(), _ => true, default));
            using var other = StoreLock.Acquire(test.Home.LockFile, TimeSpan.Zero, new RecordingLog(), default);
            using PackageStore impatient = test.Open(TimeSpan.Zero);
            Assert.Equal("x", Assert.Single(impatient.GetItems()).Id);
        }

        using (PackageStore store = test.Open(TimeSpan.Zero))
        {
            Assert.Single(store.Import([test.ExtensionZip("y")], new ImportOptions(), _ => true, default));
            using var other = StoreLock.Acquire(test.Home.LockFile, TimeSpan.Zero, new RecordingLog(), default);

            var error = Assert.Throws<LlamaGateException>(() => store.Save(default));
            store.Dispose();

            Assert.Equal(ErrorIds.StoreLocked, error.ErrorId);
            Assert.Contains("safe in the journal", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(test.Log.Warnings);
        Assert.Equal(["x", "y"], test.Items().Select(item => item.Id));
    }

    [Fact]
    public void A_registry_that_could_not_be_rebuilt_is_not_taken_for_one_that_was()
    {
        test.Import(test.ExtensionZip("x"));
        test.Write("registry/installed.json", "[ { \"id\": ");
        using PackageStore store = test.Open(context => context.OnStep = step =>
        {
            if (step == "registry.create")
            {
                throw new IOException("No space left on device");
            }
        });

        Assert.Throws<LlamaGateException>(() => store.Sync(store.PlanSync(default), _ => true, default));

        Assert.Equal(ErrorIds.RegistryCorrupt, Assert.Throws<LlamaGateException>(() => store.GetItems()).ErrorId);
    }

    [Fact]
    public void Two_registries_that_cannot_be_read_are_both_kept_though_the_clock_stands_still()
    {
        var noon = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        foreach (string garbage in new[] { "garbage", "more garbage" })
        {
            test.Write("registry/installed.json", garbage);
            StoreSettings context = test.Context();
            context.Clock = () => noon;
            Operation.Run(context, "sync");
        }

        Assert.Equal(
            [("installed.json.corrupt-20260101-120000-000", "garbage"), ("installed.json.corrupt-20260101-120000-001", "more garbage")],
            Directory.GetFiles(test.Home.RegistryFolder, "*.corrupt-*").Order(StringComparer.Ordinal)
                .Select(file => (Path.GetFileName(file), File.ReadAllText(file))));
    }

    [Fact]
    public void What_a_journal_says_before_the_line_that_cannot_be_read_is_kept_by_the_sync()
    {
        test.Import(test.ExtensionZip("x"));
        using (PackageStore store = test.Open())
        {
            store.SetEnabled(store.FindItem("x", null), enabled: false, default);
            File.AppendAllText(test.Home.JournalFile, "garbage\n{\"op\":\"done\"}\n");
            string journal = File.ReadAllText(test.Home.JournalFile);
            Assert.Equal(ErrorIds.RegistryCorrupt, Assert.Throws<LlamaGateException>(() => test.Items()).ErrorId);

            Operation.Run(test.Context(), "sync");

            Assert.Equal(journal, File.ReadAllText(Assert.Single(Directory.GetFiles(test.Home.RegistryFolder, "journal.jsonl.corrupt-*"))));
        }

        Assert.False(test.Item("x").Enabled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_update_that_died_half_way_is_completed_by_the_sync_though_the_journal_is_damaged_behind_it(bool mayExchange)
    {
        test.Import(test.ExtensionZip("x", "1.0.0", "one"));
        string copy = Path.Combine(test.Root, "copy");
        StoreSettings context = test.Context();
        context.MayExchange = mayExchange;
        context.OnStep = step =>
        {
            if (step == (mayExchange ? "install.exchange" : "install.move-in"))
            {
                DiskCopy.Take(test.Home.Path, copy);
            }
        };
        Operation.Run(context, "import", test.ExtensionZip("x", "2.0.0", "two"));
        DiskCopy.Restore(copy, test.Home.Path);
        File.AppendAllText(test.Home.JournalFile, "garbage\n");

        Operation.Run(test.Context(), "sync");

        Assert.Equal("2.0.0", test.Item("x").Version);
        Assert.Equal("two", test.Read("extensions/installed/x/templates/body.txt"));
        Assert.Single(Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "x")));
        test.AssertNoStaging();
        Assert.False(File.Exists(test.Home.JournalFile));
    }

    // The gateway writes beside its registry and renames, as we do; it knows nothing of our lock.
    [Fact]
    public void What_the_gateway_is_writing_just_now_is_left_alone()
    {
        string writing = test.Write("registry/installed.json.tmp", "[ { \"id\":");

        test.Import(test.ExtensionZip("x"));

        Assert.Equal("[ { \"id\":", File.ReadAllText(writing));
        Assert.Equal("x", test.Item("x").Id);
    }

    [Theory]
    [InlineData("y")]
    [InlineData("a-much-longer-id")]
    public void A_reader_that_saw_a_commit_fail_sees_what_came_in_its_place(string later)
    {
        test.Import(test.ExtensionZip("first"));
        test.Import(test.ExtensionZip("x"));
        test.Import(test.ExtensionZip(later));
        using PackageStore reader = test.Open();
        bool fails = false;
        using PackageStore writer = test.Open(context => context.OnStep = step =>
        {
            if (fails && step == "journal.flush")
            {
                reader.GetItems(); // It is in the file by now.
                throw new IOException("No space left on device");
            }
        });
        Disable("first");

        fails = true;
        Assert.Throws<LlamaGateException>(() => Disable("x"));
        fails = false;
        Disable(later);

        Assert.Equal(new[] { "first", later }.Order(StringComparer.Ordinal), Disabled(reader.GetItems()));
        reader.SetEnabled(reader.FindItem("first", null), enabled: true, default);
        Assert.Equal([later], Disabled(test.Items()));

        void Disable(string id) => writer.SetEnabled(writer.FindItem(id, null), enabled: false, default);

        static IEnumerable<string> Disabled(IEnumerable<InstalledItem> items) => items.Where(item => !item.Enabled).Select(item => item.Id);
    }

    [Fact]
    public void What_another_process_changes_in_between_is_seen_and_kept()
    {
        using PackageStore first = test.Open();
        using PackageStore second = test.Open();
        Assert.Single(first.Import([test.ExtensionZip("a")], new ImportOptions(), _ => true, default));
        Assert.Single(second.Import([test.ExtensionZip("b")], new ImportOptions(), _ => true, default));
        Assert.Single(first.Import([test.ExtensionZip("c")], new ImportOptions(), _ => true, default));
        second.Save(default);
        Assert.Single(first.Import([test.ExtensionZip("d")], new ImportOptions(), _ => true, default));

        Assert.Equal(["a", "b", "c", "d"], first.GetItems().Select(item => item.Id));
        Assert.Equal(["a", "b", "c", "d"], second.GetItems().Select(item => item.Id));
        first.Save(default);
        Assert.Equal(4, JsonNode.Parse(test.Read("registry/installed.json"))!.AsArray().Count);
    }

    [Fact]
    public void A_registry_that_is_rewritten_faster_than_the_clock_ticks_is_read_again()
    {
        test.Import(test.ExtensionZip("a"));
        test.Import(test.ExtensionZip("b"));
        string file = test.Home.RegistryFile;
        DateTime written = File.GetLastWriteTimeUtc(file);
        using (PackageStore store = test.Open())
        {
            InstalledItem item = store.FindItem("a", null);
            File.WriteAllText(file, File.ReadAllText(file).Replace("\"name\": \"b\"", "\"name\": \"c\"", StringComparison.Ordinal));
            File.SetLastWriteTimeUtc(file, written);
            store.SetEnabled(item, enabled: false, default);
        }

        Assert.Contains("\"name\": \"c\"", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.False(test.Item("a").Enabled);
    }

    [Fact]
    public void Reading_a_home_that_is_not_there_finds_nothing_and_makes_nothing()
    {
        Assert.Empty(test.Items());
        Assert.False(Directory.Exists(test.Home.Path));
    }
}
