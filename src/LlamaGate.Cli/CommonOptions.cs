using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;

namespace LlamaGate.Cli;

/// <summary>The options that more than one command has. Those of <see cref="Everywhere"/> may stand anywhere on the line.</summary>
internal static class CommonOptions
{
    /// <summary><c>--home</c></summary>
    public static readonly Option<string?> Home = new("--home")
    {
        HelpName = "folder",
        Description = $"The LlamaGate home; default: ${LlamaGateHome.EnvironmentVariable}, else ~/.llamagate",
        Recursive = true,
    };

    /// <summary><c>--json</c></summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON document, errors and warnings included",
        Recursive = true,
    };

    /// <summary><c>--quiet</c></summary>
    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "Print errors only ('list': the ids only)",
        Recursive = true,
    };

    /// <summary><c>--verbose</c></summary>
    public static readonly Option<bool> Verbose = new("--verbose", "-v")
    {
        Description = "Report on standard error what is being done",
        Recursive = true,
    };

    /// <summary><c>--lock-timeout</c></summary>
    public static readonly Option<long> LockTimeout = Number(
        "--lock-timeout", "seconds", "How long to wait for another writer", 0, int.MaxValue, PackageStore.DefaultLockTimeoutSeconds);

    /// <summary><c>--dry-run</c></summary>
    public static readonly Option<bool> DryRun = new("--dry-run", "-n")
    {
        Description = "Check everything, report what would be done, and change nothing",
    };

    /// <summary><c>--no-refresh</c></summary>
    public static readonly Option<bool> NoRefresh = new("--no-refresh")
    {
        Description = "Do not ask a running gateway to discover its extensions again",
    };

    /// <summary><c>--refresh</c></summary>
    public static readonly Option<bool> Refresh = new("--refresh")
    {
        Description = "Ask a running gateway to discover its extensions again, even if it does not read this home",
    };

    static CommonOptions()
    {
        Home.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string?>()))
            {
                result.AddError("--home needs the path of a folder.");
            }
        });
        LockTimeout.Recursive = true;
    }

    /// <summary>The options that every command has.</summary>
    public static IReadOnlyList<Option> Everywhere => [Home, Json, Quiet, Verbose, LockTimeout];

    /// <summary>The home that a command line means.</summary>
    public static LlamaGateHome GetHome(this ParseResult line) =>
        line.GetValue(Home) is { } path ? new LlamaGateHome(path) : LlamaGateHome.Default();

    /// <summary>How long a command waits for the store's lock.</summary>
    public static TimeSpan GetLockTimeout(this ParseResult line) => TimeSpan.FromSeconds(line.GetValue(LockTimeout));

    /// <summary>An option that takes a whole number.</summary>
    /// <param name="name">The name of the option, with its dashes.</param>
    /// <param name="unit">What is counted, as the help names the value.</param>
    /// <param name="description">What it does.</param>
    /// <param name="least">The least value that is accepted.</param>
    /// <param name="most">The greatest value that is accepted.</param>
    /// <param name="usual">The value when the option is not given.</param>
    public static Option<long> Number(string name, string unit, string description, long least, long most, long usual) => new(name)
    {
        HelpName = unit,
        Description = $"{description}; default: {usual}",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) || value < least || value > most)
            {
                result.AddError($"{name} needs a whole number from {least} to {most}, not '{text}'.");
            }

            return value;
        },
    };
}
