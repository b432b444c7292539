using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Linq;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli;

/// <summary>Runs a command line, or says what is wrong with it.</summary>
internal static class CommandLine
{
    // A package may well be called @something.zip: it is no response file.
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <returns>The exit code (see <see cref="ExitCodes"/>); 128 and more when a signal stopped it.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        ParseResult line = new LlamaGateCommand().Parse(args, Configuration);
        return UsageErrors(line) is { Count: > 0 } errors ? Refuse(line, errors) : line.Invoke();
    }

    private static IReadOnlyList<string> UsageErrors(ParseResult line)
    {
        if (line.Action is { ClearsParseErrors: true } and not ParseErrorAction)
        {
            return [];
        }

        Command command = line.CommandResult.Command;
        if (command is RootCommand && line.UnmatchedTokens is [string word, ..])
        {
            IEnumerable<string> names = command.Subcommands.Select(subcommand => subcommand.Name);
            return [word.StartsWith('-') ? UnknownOption(command, word) : Suggestions.Unknown("command", word, names)];
        }

        string[] unknown = [.. OptionsTakenForArguments(line)];
        return unknown.Length > 0
            ? [.. unknown.Select(option => UnknownOption(command, option))]
            : [.. line.Errors.Select(error => error.Message)];
    }

    /// <summary>The parser takes an option that it does not know for an argument. After <c>--</c> it is meant to.</summary>
    private static IEnumerable<string> OptionsTakenForArguments(ParseResult line)
    {
        int afterDoubleDash = line.Tokens.Reverse().TakeWhile(token => token.Type != TokenType.DoubleDash).Count();
        IEnumerable<string> words = line.CommandResult.Command.Arguments
            .Select(argument => line.GetResult(argument))
            .SelectMany(result => result?.Tokens ?? [])
            .Select(token => token.Value)
            .Concat(line.UnmatchedTokens);
        if (line.Tokens.Any(token => token.Type == TokenType.DoubleDash))
        {
            words = words.SkipLast(afterDoubleDash);
        }

        return words.Where(word => word.Length > 1 && word[0] == '-');
    }

    private static string UnknownOption(Command command, string word) => Suggestions.Unknown(
        "option",
        word,
        command.Parents.OfType<Command>().Prepend(command).SelectMany(owner => owner.Options).Select(option => option.Name));

    private static int Refuse(ParseResult line, IReadOnlyList<string> errors)
    {
        Command command = line.CommandResult.Command;
        string help = command is RootCommand ? "llamagate --help" : $"llamagate {command.Name} --help";
        using CommandOutput output = CommandOutput.For(line);
        foreach (string error in errors)
        {
            output.Error(new OutputError(OutputError.Usage, $"{error} See '{help}'."));
        }

        output.Finish();
        return ExitCodes.Usage;
    }
}
