using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlamaGate.Registry;

/// <summary>
/// JSON that somebody else wrote, kept through a rewrite: texts, numbers and names as they were written, without comments and trailing
/// commas. The writers of System.Text.Json would escape texts anew, and refuse half a surrogate pair.
/// </summary>
internal static class JsonText
{
    /// <summary>Accepts what people write by hand. Deep enough for any field that somebody else keeps in an entry.</summary>
    public static readonly JsonDocumentOptions ReaderOptions = new()
    {
        MaxDepth = 512,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>For a line of the journal.</summary>
    public static readonly JsonWriterOptions LineOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>An element on one line, whatever is in it.</summary>
    public static string OnOneLine(JsonElement element)
    {
        var text = new StringBuilder();
        Append(text, element, depth: -1);
        return text.ToString();
    }

    /// <summary>JSON in the layout of the registry: two blanks for each level, <c>\n</c> between lines.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="depth">The level at which it stands.</param>
    public static string Indented(string json, int depth)
    {
        using JsonDocument document = JsonDocument.Parse(json, ReaderOptions);
        var text = new StringBuilder();
        Append(text, document.RootElement, depth);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement element, int depth)
    {
        int count = 0;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Break(text, depth, isFirst: count++ == 0);
                    text.Append(RawName(property)).Append(depth < 0 ? ":" : ": ");
                    Append(text, property.Value, depth < 0 ? depth : depth + 1);
                }

                Close(text, '}', depth, count);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Break(text, depth, isFirst: count++ == 0);
                    Append(text, item, depth < 0 ? depth : depth + 1);
                }

                Close(text, ']', depth, count);
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void Break(StringBuilder text, int depth, bool isFirst)
    {
        text.Append(isFirst ? string.Empty : ",");
        if (depth >= 0)
        {
            text.Append('\n').Append(' ', 2 * (depth + 1));
        }
    }

    private static void Close(StringBuilder text, char bracket, int depth, int count)
    {
        if (depth >= 0 && count > 0)
        {
            text.Append('\n').Append(' ', 2 * depth);
        }

        text.Append(bracket);
    }

    // A property's text is its name, a colon and its value; the name ends at the first quotation mark that is not escaped.
    private static string RawName(JsonProperty property)
    {
        string text = property.ToString();
        int end = 1;
        while (text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        return text[..(end + 1)];
    }
}
