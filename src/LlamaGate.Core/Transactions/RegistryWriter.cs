using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>Rewrites <c>installed.json</c> with all that the journal holds, then drops the journal (contract, sections 3 and 6).</summary>
internal sealed class RegistryWriter
{
    private readonly StoreSettings settings;
    private readonly LlamaGateHome home;

    public RegistryWriter(StoreSettings settings)
    {
        this.settings = settings;
        home = settings.Home;
    }

    /// <summary>Keeps a copy of a file that is about to be rewritten, beside it.</summary>
    /// <returns>The path of the copy.</returns>
    public string KeepCopy(string path)
    {
        string prefix = path + ".corrupt-";
        string copy = prefix + Backups.FreeName(settings.Clock(), name => prefix + name);
        using FileStream? source = StoreFile.TryOpenRead(path);
        StoreFile.WriteNew(settings, "corrupt", copy, target => source?.CopyTo(target), flush: true);
        return copy;
    }

    /// <summary>Writes the registry. A registry that is a link is written through it; its mode and owner stay.</summary>
    public void Write(RegistrySnapshot snapshot)
    {
        settings.Step("registry.flush-renames");
        FlushRenames(snapshot);
        string registry = StorePath.ThroughLink(home.RegistryFile);
        string temporary = registry + ".new"; // The gateway writes to ".tmp", and does not take the lock.
        settings.Step("registry.delete-temporary");
        StorePath.Delete(temporary);
        byte[] written = snapshot.Format();
        StoreFile.WriteNew(settings, "registry", temporary, written, flush: true);
        try
        {
            settings.Step("registry.replace");
            Durable.ReplaceKeepingAccess(temporary, registry);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        settings.Step("registry.flush-folder");
        Durable.FlushFolder(Path.GetDirectoryName(registry)!);
        settings.Step("journal.drop");
        DropJournal();
        snapshot.Saved(written);
    }

    // On Windows, a deleted file may keep its name until its last reader closes it. What the next writer appends to it would be lost then.
    // After the move, the name is free at once.
    private void DropJournal()
    {
        if (!Platform.IsWindows)
        {
            File.Delete(home.JournalFile);
        }
        else if (File.Exists(home.JournalFile))
        {
            using var trash = StagingArea.Create(settings);
            Sharing.Retry(() => File.Move(home.JournalFile, Path.Combine(trash.Folder, Path.GetFileName(home.JournalFile))));
        }
    }

    // The folders that the journal's records have moved things into or out of, whoever moved them.
    private void FlushRenames(RegistrySnapshot snapshot) => Durable.FlushFolders(home.Path, snapshot.Moved.SelectMany(item => new[]
    {
        home.InstalledFolder(item.Type),
        home.BackupFolder(item.Type, item.Id),
        Path.GetDirectoryName(home.BackupFolder(item.Type, item.Id))!,
        Path.GetDirectoryName(home.ChecksumsFile(item.Type, item.Id))!,
        home.SourcesFolder(item.Type),
    }));
}
