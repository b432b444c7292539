using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using LlamaGate.ModuleTools;
using LlamaGate.ModuleTools.Help;
using LlamaGate.ModuleTools.Package;

try
{
    return args switch
    {
        ["help", string docs, string output] => WriteHelp(docs, output),
        ["package", string module, string changelog, string output] => WritePackage(module, changelog, output),
        _ => ShowUsage(),
    };
}
catch (ToolException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}

static int WriteHelp(string docs, string output)
{
    Directory.CreateDirectory(output);
    foreach (IGrouping<string, HelpPage> file in ReadPages(docs).GroupBy(page => page.HelpFile, StringComparer.Ordinal))
    {
        MamlFile.Write(file, Path.Combine(output, file.Key));
    }

    foreach (string topic in Find(docs, "about_*.md"))
    {
        AboutTopic.Write(MarkdownFile.Read(topic), Path.Combine(output, Path.GetFileNameWithoutExtension(topic) + ".help.txt"));
    }

    return 0;
}

static int WritePackage(string module, string changelog, string output)
{
    Console.WriteLine(ModulePackage.Write(module, changelog, output));
    return 0;
}

static int ShowUsage()
{
    Console.Error.WriteLine("""
        Usage: LlamaGate.ModuleTools help <docs folder> <output folder>
               LlamaGate.ModuleTools package <module folder> <changelog> <output folder>
        """);
    return 2;
}

// A cmdlet's page is named as the cmdlet is; other pages in the folder are no help.
static IEnumerable<HelpPage> ReadPages(string docs) => Find(docs, "*-LlamaGate*.md").Select(file => HelpPage.Read(MarkdownFile.Read(file)));

static IEnumerable<string> Find(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal);
