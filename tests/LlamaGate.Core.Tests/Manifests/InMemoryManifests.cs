using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

/// <summary>The manifests of an item that is in no file.</summary>
internal sealed class InMemoryManifests : IManifestFiles
{
    /// <summary>A manifest.yaml without a problem or a warning.</summary>
    public const string Definition = """
        name: sample
        version: 1.2.3
        description: A sample
        type: workflow
        steps:
          - uses: llm.chat

        """;

    /// <summary>An agenticmodule.yaml without a problem or a warning.</summary>
    public const string ModuleDefinition = """
        name: sample-module
        version: 1.2.3
        description: A sample
        steps:
          - extension: sample

        """;

    private readonly Dictionary<string, Func<Stream>> files = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> RootFiles => files.Keys;

    /// <summary>How many manifests the last reading compared with a schema.</summary>
    public int ComparedCount { get; private set; }

    public static InMemoryManifests Of(params (string Name, string Text)[] files)
    {
        var manifests = new InMemoryManifests();
        foreach ((string name, string text) in files)
        {
            manifests.Add(name, Encoding.UTF8.GetBytes(text));
        }

        return manifests;
    }

    public static InMemoryManifests Of(string name, byte[] content) => new InMemoryManifests().Add(name, content);

    public InMemoryManifests Add(string name, byte[] content) => Add(name, () => new MemoryStream(content, writable: false));

    public InMemoryManifests Add(string name, Func<Stream> open)
    {
        files.Add(name, open);
        return this;
    }

    public Stream OpenRootFile(string name) => files[name]();

    /// <summary>
    /// Reads the manifests as those of a package, or of an item's folder, and holds the reader against the JSON schemas: what a schema
    /// can express, both see in the same way.
    /// </summary>
    public ItemManifest Read(ItemType? namedType = null, string? folderId = null)
    {
        try
        {
            ItemManifest manifest = ManifestReader.Read(this, namedType, folderId, "the-target", TestContext.Current.CancellationToken);
            Compare([]);
            return manifest;
        }
        catch (LlamaGateException refusal) when (refusal.ErrorId == ErrorIds.ManifestInvalid)
        {
            Compare(refusal.Problems);
            throw;
        }

        // On disk the folder gives the id, and an id that is not valid is a warning.
        void Compare(IReadOnlyList<Problem> problems)
        {
            if (folderId is null)
            {
                ComparedCount = SchemaAgreement.Check(this, problems);
            }
        }
    }

    /// <summary>Reads manifests that must be refused.</summary>
    public LlamaGateException Refusal(ItemType? namedType = null, string? folderId = null) =>
        Assert.Throws<LlamaGateException>(() => Read(namedType, folderId));

    /// <summary>Reads manifests that must be refused as invalid.</summary>
    /// <returns>The problems, one per line, as <c>file(line,column): field: message</c>.</returns>
    public string[] Problems(string? folderId = null)
    {
        LlamaGateException refusal = Refusal(folderId: folderId);
        Assert.Equal(ErrorIds.ManifestInvalid, refusal.ErrorId);
        Assert.NotEmpty(refusal.Problems);
        Assert.All(refusal.Problems, problem => Assert.Equal(Problem.Error, problem.Severity));
        return [.. refusal.Problems.Select(problem => problem.ToString())];
    }

    /// <summary>Reads one manifest that must be refused for one reason.</summary>
    public static string OnlyProblem(string name, string text) => Assert.Single(Of((name, text)).Problems());
}
