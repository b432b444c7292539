using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace LlamaGate.Benchmarks;

/// <summary>Homes and packages of a given size, in a temporary folder that goes when it is disposed.</summary>
internal sealed class SampleStore : IDisposable
{
    public SampleStore()
    {
        Root = Path.Combine(Path.GetTempPath(), "llamagate-benchmarks", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    public LlamaGateHome Home(string name) => new(Path.Combine(Root, name));

    /// <summary>Small packages: a manifest and two files each.</summary>
    public string[] SmallPackages(int count) => [.. Enumerable.Range(0, count).Select(i => Package(
        $"new-{i.ToString("00000", CultureInfo.InvariantCulture)}", [("templates/a.txt", new string('a', 200)), ("templates/b.txt", new string('b', 400))]))];

    /// <summary>One package of many incompressible files.</summary>
    public string LargePackage(string id, int files, int bytesEach)
    {
        string path = Path.Combine(Root, id + ".zip");
        byte[] content = new byte[bytesEach];
        var random = new Random(1);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Write(zip, "manifest.yaml", Encoding.UTF8.GetBytes(Manifest(id)), CompressionLevel.Fastest);
        for (int i = 0; i < files; i++)
        {
            random.NextBytes(content);
            Write(zip, $"data/{i / 100}/{i}.bin", content, CompressionLevel.NoCompression);
        }

        return path;
    }

    /// <summary>A home with items that were installed before, registry and folders.</summary>
    public LlamaGateHome Filled(string name, int items)
    {
        LlamaGateHome home = Home(name);
        Directory.CreateDirectory(home.RegistryFolder);
        var json = new StringBuilder("[");
        for (int i = 0; i < items; i++)
        {
            string id = $"old-{i.ToString("00000", CultureInfo.InvariantCulture)}";
            string folder = home.ItemFolder(ItemType.Extension, id);
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "manifest.yaml"), Manifest(id));
            json.Append(i == 0 ? "\n" : ",\n").Append(CultureInfo.InvariantCulture, $$"""
                  {
                    "id": "{{id}}",
                    "type": "extension",
                    "name": "{{id}}",
                    "version": "1.0.0",
                    "enabled": true,
                    "installed_at": "2026-01-01T00:00:00Z",
                    "last_updated_at": "2026-01-01T00:00:00Z",
                    "source_path": "{{folder}}"
                  }
                """);
        }

        File.WriteAllText(home.RegistryFile, json.Append("\n]").ToString());
        return home;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string Manifest(string id) =>
        $"name: {id}\nversion: 1.0.0\ndescription: A benchmark.\ntype: workflow\nsteps:\n  - uses: llm.chat\n";

    private static void Write(ZipArchive zip, string name, byte[] content, CompressionLevel level)
    {
        using Stream stream = zip.CreateEntry(name, level).Open();
        stream.Write(content);
    }

    private string Package(string id, (string Name, string Content)[] files)
    {
        string path = Path.Combine(Root, id + ".zip");
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Write(zip, "manifest.yaml", Encoding.UTF8.GetBytes(Manifest(id)), CompressionLevel.Fastest);
        foreach ((string name, string content) in files)
        {
            Write(zip, name, Encoding.UTF8.GetBytes(content), CompressionLevel.Fastest);
        }

        return path;
    }
}
