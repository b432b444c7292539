using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LlamaGate.Manifests;

// Longer than 300 lines because one pass over the parser's events builds the tree and holds it to every limit.

/// <summary>
/// Builds the tree of a manifest from the events of YamlDotNet's parser, which works without recursion. Its own trees do not serve
/// here: they are built by unlimited recursion, and stop at the first duplicate key. Depth and size are capped while the tree grows,
/// and an alias counts as all that it stands for, so that neither deep nor self-multiplying input costs anything (contract, section 4).
/// </summary>
internal sealed class YamlTree
{
    /// <summary>How deeply values may be nested.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most values, keys included and aliases expanded.</summary>
    public const int MaxNodes = 10_000;

    private const string TabMessage = "this line is indented with a tab: use spaces";

    private readonly string text;
    private readonly ManifestProblems problems;
    private readonly bool mayRepeatKeys;
    private readonly Scanner scanner;
    private readonly Parser parser;

    // The nodes that aliases may stand for; null as long as a node is not complete.
    private readonly Dictionary<string, YamlNode?> anchors = new(StringComparer.Ordinal);

    // The way from the root to where the reading is: keys, and null with a position in a list.
    private readonly List<(string? Key, int Index)> path = [];

    // Where the '[' and '{' are that are not closed yet.
    private readonly Stack<Mark> openFlows = new();
    private Mark lastNode = Mark.Empty;
    private int nodes;
    private long lastTabLine;

    private YamlTree(string text, ManifestProblems problems, bool mayRepeatKeys)
    {
        this.text = BlockScalarBlanks.Shorten(text);
        this.problems = problems;
        this.mayRepeatKeys = mayRepeatKeys;
        scanner = new Scanner(new StringReader(this.text));
        parser = new Parser(scanner);
    }

    private ParsingEvent Current => parser.Current!;

    /// <summary>Reads a manifest.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="problems">Takes what is wrong with it.</param>
    /// <returns>
    /// The fields; null when the text cannot be read as fields. Duplicate keys and tabs are problems that do not stop the reading.
    /// </returns>
    public static YamlMap? Parse(string text, ManifestProblems problems)
    {
        var tree = new YamlTree(text, problems, mayRepeatKeys: false);
        return tree.Try(tree.ReadDocument);
    }

    /// <summary>
    /// Reads the first document whatever it holds, as readers do that take the first of several: what follows it is not looked at,
    /// and keys may be repeated (<see cref="YamlMap.Pairs"/> has them all).
    /// </summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="problems">Takes what is wrong with the syntax.</param>
    /// <returns>The document; null when there is none, or when its syntax is wrong.</returns>
    public static YamlNode? ParseFirst(string text, ManifestProblems problems)
    {
        var tree = new YamlTree(text, problems, mayRepeatKeys: true);
        return tree.Try(tree.ReadFirst);
    }

    private T? Try<T>(Func<T?> read)
        where T : YamlNode
    {
        try
        {
            return read();
        }
        catch (RefusedException e)
        {
            problems.Error(e.Place, string.Empty, e.Message);
            return null;
        }
    }

    private YamlNode? ReadFirst()
    {
        Next();
        Next();
        if (Current is StreamEnd)
        {
            return null;
        }

        if (Current is DocumentStart { Version.Version: not { Major: 1, Minor: 1 } and { } version } start)
        {
            RefuseVersion(start.Start, version);
        }

        Next();
        return ReadNode();
    }

    // The gateway's YAML reader is of version 1.1, and takes no file that says it is of another.
    private void RefuseVersion(in Mark place, YamlDotNet.Core.Version version)
    {
        string directive = FormattableString.Invariant($"%YAML {version.Major}.{version.Minor}");
        if (mayRepeatKeys)
        {
            problems.Error(place, string.Empty, "found incompatible YAML document");
        }
        else
        {
            problems.Warning(place, string.Empty, $"gateway 0.9.1 does not load a file that begins with '{directive}': remove that line");
        }
    }

    private YamlMap? ReadDocument()
    {
        YamlNode? root = ReadFirst();
        if (root is null)
        {
            problems.Error("is empty: write at least 'name' and 'version'");
            return null;
        }

        Next();
        SkipEmptyDocument();
        if (Current is DocumentStart second)
        {
            throw SecondDocument(second.Start);
        }

        switch (root)
        {
            case YamlMap map:
                return map;
            case YamlScalar { IsNull: true }:
                problems.Error("is empty: write at least 'name' and 'version'");
                return null;
            default:
                problems.Error(root.Start, string.Empty, "must be a mapping: one field per line, such as 'name: my-extension'");
                return null;
        }
    }

    // A marker at the end of the file begins a document in which there is nothing.
    private void SkipEmptyDocument()
    {
        if (Current is DocumentStart start)
        {
            Next();
            if (Current is not Scalar { Value.Length: 0, Style: ScalarStyle.Plain, Anchor.IsEmpty: true, Tag.IsEmpty: true })
            {
                throw SecondDocument(start.Start);
            }

            Next();
            Next();
        }
    }

    private static RefusedException SecondDocument(in Mark start) => new(start, "a second YAML document begins here: keep only one "
        + "document in the file");

    private void Next()
    {
        try
        {
            parser.MoveNext();
        }
        catch (YamlException e)
        {
            bool hasPlace = !e.Start.Equals(Mark.Empty) || !e.End.Equals(Mark.Empty);
            throw SyntaxError(hasPlace ? e.Start : scanner.CurrentPosition);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The parser throws these on tags that are no URI, and on '...' where no document was.
            throw SyntaxError(scanner.CurrentPosition);
        }
    }

    // Leaves the parser after the node. Recursion goes no deeper than the cap.
    private YamlNode ReadNode()
    {
        CheckIndentation();
        if (Current is AnchorAlias alias)
        {
            YamlNode target = Resolve(alias);
            Next();
            return target;
        }

        if (Current is not NodeEvent start)
        {
            // The parser ends a mapping after a key, without a value, when ':' stands where the key should.
            throw SyntaxError(lastNode);
        }

        lastNode = start.Start;
        Count(1);
        string? anchor = start.Anchor.IsEmpty ? null : start.Anchor.Value;
        if (anchor is not null)
        {
            anchors[anchor] = null;
        }

        YamlNode node = start switch
        {
            SequenceStart list => ReadList(list),
            MappingStart map => ReadMap(map),
            _ => ReadScalar((Scalar)start),
        };
        if (anchor is not null)
        {
            anchors[anchor] = node;
        }

        return node;
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        var node = new YamlScalar(scalar.Start, scalar.Tag, scalar.Value, scalar.Style == ScalarStyle.Plain);
        Next();
        return node;
    }

    private YamlList ReadList(SequenceStart start)
    {
        var list = new YamlList(start.Start, start.Tag);
        Enter(start.Style == SequenceStyle.Flow);
        while (Current is not SequenceEnd)
        {
            path.Add((null, list.Items.Count));
            list.Add(ReadNode());
            path.RemoveAt(path.Count - 1);
        }

        Leave(start.Style == SequenceStyle.Flow);
        return list;
    }

    private YamlMap ReadMap(MappingStart start)
    {
        var map = new YamlMap(start.Start, start.Tag);
        Enter(start.Style == MappingStyle.Flow);
        while (Current is not MappingEnd)
        {
            Mark place = Current.Start;
            path.Add((string.Empty, 0));
            YamlNode key = ReadNode();
            path[path.Count - 1] = ((key as YamlScalar)?.Value ?? "?", 0);
            YamlNode value = ReadNode();
            bool isNew = map.TryAdd(key, value);
            if (!mayRepeatKeys)
            {
                CheckPair(place, isNew, key, value);
            }

            path.RemoveAt(path.Count - 1);
        }

        Leave(start.Style == MappingStyle.Flow);
        return map;
    }

    private void CheckPair(in Mark place, bool isNew, YamlNode key, YamlNode value)
    {
        if (!isNew)
        {
            problems.Error(place, FieldPath(), "occurs more than once: keep one of them");
        }
        else if (key is YamlScalar { Value: YamlMap.MergeKey } && !CanBeMerged(value))
        {
            problems.Error(value.Start, FieldPath(), "merges other fields: its value must be a mapping or a list of mappings");
        }
    }

    private static bool CanBeMerged(YamlNode value) =>
        value is YamlMap || (value is YamlList list && list.Items.All(item => item is YamlMap));

    private void Enter(bool isFlow)
    {
        if (path.Count >= MaxDepth)
        {
            throw new RefusedException(Current.Start, $"values are nested more than {MaxDepth} levels deep here: reduce the nesting");
        }

        if (isFlow)
        {
            openFlows.Push(Current.Start);
        }

        Next();
    }

    private void Leave(bool isFlow)
    {
        if (isFlow)
        {
            openFlows.Pop();
        }

        Next();
    }

    private void Count(int added)
    {
        nodes += added;
        if (nodes > MaxNodes)
        {
            throw new RefusedException(
                Current.Start, $"there are more than {MaxNodes} values, with aliases expanded: make the file smaller");
        }
    }

    private YamlNode Resolve(AnchorAlias alias)
    {
        string name = alias.Value.Value;
        if (!anchors.TryGetValue(name, out YamlNode? target))
        {
            throw new RefusedException(
                alias.Start, $"the alias '*{ManifestProblems.Shorten(name)}' has no anchor above it: define the anchor, or put the value in quotes");
        }

        if (target is null)
        {
            throw new RefusedException(alias.Start, $"the alias '*{ManifestProblems.Shorten(name)}' is inside the value that it refers "
                + "to: write the value out instead");
        }

        Count(target.Size);
        return target;
    }

    // YAML wants spaces for indentation. The parser is more generous than the gateway's, which refuses tabs there.
    private void CheckIndentation()
    {
        Mark start = Current.Start;
        bool isImplied = Current is Scalar { Value.Length: 0, Style: ScalarStyle.Plain };
        if (openFlows.Count > 0 || isImplied || start.Line == lastTabLine)
        {
            return;
        }

        (int end, Mark? tab) = IndentationOf(start);
        if (tab is { } place && end >= start.Index)
        {
            problems.Error(place, string.Empty, TabMessage);
            lastTabLine = start.Line;
        }
    }

    // Where the indentation of a line ends, the marks of lists and keys counted to it, and the first tab in it.
    private (int End, Mark? Tab) IndentationOf(in Mark place)
    {
        Mark? tab = null;
        int lineStart = (int)(place.Index - place.Column + 1);
        int index = lineStart;
        for (; index < text.Length && text[index] is ' ' or '\t' or '-' or '?'; index++)
        {
            if (tab is null && text[index] == '\t')
            {
                tab = new Mark(index, place.Line, index - lineStart + 1);
            }
        }

        return (index, tab);
    }

    // The parser's own messages speak of tokens and simple keys: only the place is taken from it.
    private RefusedException SyntaxError(in Mark reported)
    {
        Mark place = Within(reported);
        Mark reached = Within(scanner.CurrentPosition);
        if ((IndentationOf(place).Tab ?? IndentationOf(reached).Tab) is { } tab)
        {
            return new RefusedException(tab, TabMessage);
        }

        char found = place.Index < text.Length ? text[(int)place.Index] : '\0';
        bool isAtEnd = reached.Index >= text.Length;
        if (isAtEnd && found is '"' or '\'')
        {
            return new RefusedException(place, "the quote that opens here is never closed");
        }

        if (isAtEnd && openFlows.Count > 0)
        {
            return new RefusedException(openFlows.Peek(), "the '[' or '{' that opens here is never closed");
        }

        return new RefusedException(
            place,
            found is '@' or '`' or '%'
                ? $"a value cannot begin with '{found}': put it in quotes"
                : "is not valid YAML here: check the indentation, and put quotes around text that contains ': ' or ' #' or begins with a "
                    + "special character");
    }

    // At the end of the text the parser counts one line too many.
    private Mark Within(in Mark place) => place.Index < text.Length ? place : ManifestText.PlaceOf(text.Length, text);

    private string FieldPath() => string.Concat(path.Select(
        (part, i) => part.Key is null ? $"[{part.Index}]" : (i == 0 ? string.Empty : ".") + ManifestProblems.Shorten(part.Key)));

    /// <summary>Ends the reading of a manifest that is not read any further.</summary>
    private sealed class RefusedException : Exception
    {
        public RefusedException(in Mark place, string message)
            : base(message)
        {
            Place = place;
        }

        public Mark Place { get; }
    }
}
