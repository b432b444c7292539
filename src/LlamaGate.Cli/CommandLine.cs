using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Linq;
using LlamaGate.Cli.Completion;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli;

/// <summary>Runs a command line, or says what is wrong with it.</summary>
internal static class CommandLine
{
    // A package may well be called @something.zip: it is no response file.
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    private static readonly InvocationConfiguration Invocation = new() { EnableDefaultExceptionHandler = false };

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <returns>The exit code (see <see cref="ExitCodes"/>); 128 and more when a signal stopped it.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        string? firstWord = args.Count > 0 ? args[0] : null;
        Command command = firstWord?.StartsWith(SuggestingCommand.Directive, StringComparison.Ordinal) == true
            ? new SuggestingCommand()
            : new LlamaGateCommand(firstWord);
        ParseResult line = command.Parse(args, Configuration);
        try
        {
            IReadOnlyList<string> errors = [.. EmptyOptions(args, line).Distinct(StringComparer.Ordinal)];
            errors = errors.Count > 0 ? errors : UsageErrors(line);
            return errors.Count > 0 ? Refuse(line, errors) : line.Invoke(Invocation);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return UnexpectedFailure.Report(exception, line);
        }
    }

    /// <summary>
    /// Options that are given without a value, as in <c>--home="$UNSET"</c>. The parser takes the next word for the value of
    /// <c>--home=</c>.
    /// </summary>
    private static IEnumerable<string> EmptyOptions(IReadOnlyList<string> args, ParseResult line)
    {
        IEnumerable<string> joined = args
            .TakeWhile(word => !string.Equals(word, "--", StringComparison.Ordinal))
            .Where(word => word.Length > 1 && word[0] == '-' && word[^1] is '=' or ':')
            .Select(word => word.TrimEnd('=', ':'));
        IEnumerable<string> apart = OptionsOf(line.CommandResult.Command)
            .Where(option => line.GetResult(option)?.Tokens.Any(token => token.Value.Length == 0) == true)
            .Select(option => option.Name);
        return joined.Concat(apart).Select(option => $"{option} needs a value that is not empty.");
    }

    private static IReadOnlyList<string> UsageErrors(ParseResult line)
    {
        if (line.Action is { ClearsParseErrors: true } and not ParseErrorAction)
        {
            return [];
        }

        Command command = line.CommandResult.Command;
        if (command is LlamaGateCommand && line.UnmatchedTokens is [string word, ..])
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
        OptionsOf(command).Select(option => option.Name));

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Parents.OfType<Command>().Prepend(command).SelectMany(owner => owner.Options);

    private static int Refuse(ParseResult line, IReadOnlyList<string> errors)
    {
        Command command = line.CommandResult.Command;
        string help = command is LlamaGateCommand ? "llamagate --help" : $"llamagate {command.Name} --help";
        using CommandOutput output = CommandOutput.For(line);
        foreach (string error in errors)
        {
            output.Error(new OutputError(OutputError.Usage, $"{error} See '{help}'."));
        }

        output.Finish();
        return ExitCodes.Usage;
    }
}
