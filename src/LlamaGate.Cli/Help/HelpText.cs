using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;

namespace LlamaGate.Cli.Help;

/// <summary>What <c>--help</c> prints: what a command does, its usage, arguments, options and examples.</summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Writes the help of a command.</summary>
    /// <param name="command">The command whose help is written; the root command for the overview.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(Command command, TextWriter writer)
    {
        writer.WriteLine(command.Description);
        if (command is IDocumented documented)
        {
            WriteSection(writer, "Usage", documented.Usages.Select(Line));
        }

        WriteSection(writer, "Commands", command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description)));
        WriteSection(writer, "Arguments", command.Arguments.Select(argument => ($"<{argument.Name}>", argument.Description)));
        WriteSection(writer, "Options", command.Options.Where(option => !option.Recursive).Select(Row));
        WriteSection(writer, "Options of every command", Recursive(command).Select(Row));
        if (command is IDocumented { Examples.Count: > 0 } illustrated)
        {
            WriteSection(writer, "Examples", illustrated.Examples.Select(Line));
        }

        if (command is LlamaGateCommand)
        {
            writer.WriteLine();
            writer.WriteLine("'llamagate <command> --help' shows the help of a command. Exit codes: 0 success, 1 failure, 2 invalid command line.");
        }
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return ExitCodes.Done;
    }

    private static IEnumerable<Option> Recursive(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options))
            .Where(option => option.Recursive && !option.Hidden);

    private static (string Term, string? Meaning) Row(Option option)
    {
        IEnumerable<string> shortestFirst =
            option.Aliases.Prepend(option.Name).OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal);
        string names = string.Join(", ", shortestFirst);
        return (option.ValueType == typeof(bool) || option.HelpName is null ? names : $"{names} <{option.HelpName}>", option.Description);
    }

    private static (string Term, string? Meaning) Line(string text) => (text, null);

    private static void WriteSection(TextWriter writer, string title, IEnumerable<(string Term, string? Meaning)> rows)
    {
        (string Term, string? Meaning)[] lines = [.. rows];
        if (lines.Length == 0)
        {
            return;
        }

        int width = lines.Max(line => line.Term.Length);
        writer.WriteLine();
        writer.WriteLine(title + ":");
        foreach ((string term, string? meaning) in lines)
        {
            writer.WriteLine(string.IsNullOrEmpty(meaning) ? "  " + term : $"  {term.PadRight(width)}  {meaning}");
        }
    }
}
