using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Spectre.Console;

namespace LlamaGate.Cli.Output;

/// <summary>What standard output and standard error can show.</summary>
internal static class Terminal
{
    private static readonly Lazy<bool> OutputIsColoured = new(() => !Console.IsOutputRedirected && IsColoured(Console.Out));
    private static readonly Lazy<bool> ErrorIsColoured = new(() => !Console.IsErrorRedirected && IsColoured(Console.Error));

    /// <summary>Whether something that moves can be shown on standard error.</summary>
    public static bool ShowsProgress => !Console.IsErrorRedirected && !IsDumb;

    private static bool IsDumb => string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);

    /// <summary>Text for standard output that says that all is well.</summary>
    public static string Green(string text) => Paint("32", text, OutputIsColoured.Value);

    /// <summary>Text for standard output that matters less; dim on a terminal.</summary>
    public static string Dim(string text) => Paint("2", text, OutputIsColoured.Value);

    /// <summary>Text for standard error that warns.</summary>
    public static string Yellow(string text) => Paint("33", text, ErrorIsColoured.Value);

    /// <summary>Text for standard error that says that something failed.</summary>
    public static string Red(string text) => Paint("31", text, ErrorIsColoured.Value);

    /// <summary>The encoding of standard output. No byte order mark is written, whatever the code page of the console.</summary>
    public static Encoding OutputEncoding { get; } =
        Console.OutputEncoding.Preamble.IsEmpty ? Console.OutputEncoding : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Text of one line or more that cannot steer the terminal: such characters are shown as <c>\u001b</c>.</summary>
    public static string Printable(string text) => Escape(text, keepsLines: true);

    /// <summary>Text that stays in its line, such as a name from a registry: new lines are shown as <c>\u000a</c>, too.</summary>
    public static string OneLine(string text) => Escape(text, keepsLines: false);

    private static string Escape(string text, bool keepsLines)
    {
        bool IsUnsafe(char c) => !(keepsLines && c == '\n') && char.GetUnicodeCategory(c)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
        return text.Any(IsUnsafe)
            ? string.Concat(text.Select(c => IsUnsafe(c) ? "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture) : c.ToString()))
            : text;
    }

    private static string Paint(string code, string text, bool coloured) => coloured ? $"\e[{code}m{text}\e[0m" : text;

    /// <summary>Whether a terminal is to be painted: not when NO_COLOR (https://no-color.org) is set, nor a dumb one.</summary>
    private static bool IsColoured(TextWriter writer) =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && !IsDumb
        && (!OperatingSystem.IsWindows() || WindowsUnderstandsAnsi(writer));

    /// <summary>Asks the library, which also switches the console to ANSI sequences. Apart, so that it is loaded on Windows only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool WindowsUnderstandsAnsi(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }).Profile.Capabilities.Ansi;
}
