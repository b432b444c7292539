using System;
using System.Linq;
using System.Text;
using CsCheck;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

/// <summary>Whatever the bytes are, a manifest is either read or refused with a list of problems.</summary>
public class ManifestPropertyTests
{
    private static readonly string[] Names = ["manifest.yaml", "extension.yaml", "agenticmodule.yaml", "module.yaml", "manifest.yml"];

    private static readonly string[] Texts =
    [
        InMemoryManifests.Definition,
        InMemoryManifests.ModuleDefinition,
        "name: a\nversion: 1.0.0\nenabled_default: false\n<<: {load_mode: lazy}\n",
        "%YAML 1.2\n%TAG !e! tag:e,2000:\n---\nname: &n >-\n  a\n  b\nversion: '1.0.0'\nx: [!e!x {a: *n}, \"\\u00e9\", !!str]\n"
            + "? [k]\n: |2+\n    v\n...\n",
    ];

    private static readonly string[] Tokens =
    [
        "- ", "? ", ": ", "&a ", "*a ", "!!str ", "!x ", "!<t> ", "|", ">-", "\n", "\n  ", "\t", "[", "]", "{", "}", ",", "'", "\"",
        " #", "%TAG !e! tag:e:\n", "%YAML 1.1\n", "\n---\n", "\n...\n", "\\", "\u0085", "\u2028", "\r", "<<: ", "~", "@",
        "name: ", "\0", "\ufeff",
    ];

    [Fact]
    public void Random_bytes_are_read_or_refused() =>
        Gen.Select(Gen.OneOf(Names), Gen.Byte.Array[0, 200]).Sample(
            ReadOrRefuse, iter: TestScale.Times(inShort: 100, inFull: 200_000));

    [Fact]
    public void Random_sequences_of_tokens_are_read_or_refused() =>
        Gen.Select(
            Gen.OneOf(Names),
            Gen.OneOf(Gen.OneOf(Tokens), Gen.Char[' ', '~'].Select(c => c.ToString())).Array[0, 40]
                .Select(tokens => Encoding.UTF8.GetBytes(string.Concat(tokens))))
            .Sample(ReadOrRefuse, iter: TestScale.Times(inShort: 2000, inFull: 300_000));

    [Fact]
    public void Manifests_with_random_edits_are_read_or_refused() =>
        Gen.Select(Gen.OneOf(Names), Edited(Gen.OneOf(Texts))).Sample(ReadOrRefuse, iter: TestScale.Times(inShort: 5000, inFull: 500_000));

    [Fact]
    public void A_display_name_in_quotes_comes_back_as_it_was()
    {
        Gen<string> names = Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\u00A0', '\u2027'], Gen.Char['\u3000', '\uD7FF'])
            .Array[1, FieldReader.MaxNameLength].Select(chars => new string(chars)).Where(name => !string.IsNullOrWhiteSpace(name));

        names.Sample(name =>
        {
            string quoted = "'" + name.Replace("'", "''", StringComparison.Ordinal) + "'";
            Assert.Equal(name, InMemoryManifests.Of(("extension.yaml", $"id: a\nversion: 1.0.0\nname: {quoted}\n")).Read().Name);
        });
    }

    /// <summary>Manifests with up to eight random edits.</summary>
    internal static Gen<byte[]> Edited(Gen<string> texts)
    {
        Gen<(int Place, int Removed, string Inserted)> edit =
            Gen.Select(Gen.Int[0, 200], Gen.Int[0, 4], Gen.OneOf(Gen.OneOf(Tokens), Gen.Const(string.Empty), Gen.String[0, 3]));
        return Gen.Select(texts, edit.Array[1, 8]).Select((text, edits) =>
        {
            foreach ((int place, int removed, string inserted) in edits)
            {
                int start = Math.Min(place, text.Length);
                text = text.Remove(start, Math.Min(removed, text.Length - start)).Insert(start, inserted);
            }

            return Encoding.UTF8.GetBytes(text);
        });
    }

    private static void ReadOrRefuse(string name, byte[] content)
    {
        InMemoryManifests manifests = InMemoryManifests.Of(name, content);
        try
        {
            ItemManifest manifest = manifests.Read();
            Assert.True(ItemId.IsValid(manifest.Id));
            Assert.True(SemanticVersion.IsValid(manifest.Version));
            Assert.InRange(manifest.Name.Length, 1, FieldReader.MaxNameLength);
            Assert.All(manifest.Warnings, warning => Assert.Equal(Problem.Warning, warning.Severity));
        }
        catch (LlamaGateException refusal)
        {
            int lines = content.Count(b => b is (byte)'\n' or (byte)'\r' or 0x85 or 0xA8 or 0xA9) + 1;
            Assert.Equal(ErrorIds.ManifestInvalid, refusal.ErrorId);
            Assert.NotEmpty(refusal.Problems);
            Assert.All(refusal.Problems, problem =>
            {
                Assert.Equal((Problem.Error, name), (problem.Severity, problem.File));
                Assert.InRange(problem.Line, 0, lines);
                Assert.InRange(problem.Message.Length, 1, 300);
                Assert.DoesNotContain(problem.ToString(), char.IsControl);
            });
        }
    }
}
