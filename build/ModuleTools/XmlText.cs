using System.IO;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace LlamaGate.ModuleTools;

/// <summary>XML that is the same bytes on every system.</summary>
internal static class XmlText
{
    /// <summary>Writes a document: UTF-8 without a byte order mark, indented, lines that end with a line feed.</summary>
    /// <param name="root">The document's root.</param>
    /// <param name="stream">Where to write it; stays open.</param>
    public static void Write(XElement root, Stream stream)
    {
        var settings = new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using var writer = XmlWriter.Create(stream, settings);
        root.Save(writer);
    }
}
