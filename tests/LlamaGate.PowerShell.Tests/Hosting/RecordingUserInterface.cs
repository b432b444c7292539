using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace LlamaGate.Tests.Hosting;

/// <summary>Writes down what is shown, and answers the questions of <c>-Confirm</c>.</summary>
internal sealed class RecordingUserInterface : PSHostUserInterface
{
    private readonly StringBuilder text = new();

    /// <summary>The keys to answer with, in order: <c>Y</c>es, yes to <c>A</c>ll, <c>N</c>o, no to al<c>L</c>.</summary>
    public Queue<char> Answers { get; } = new();

    /// <summary>What happens while the user thinks; nothing by default.</summary>
    public Action? BeforeAnswer { get; set; }

    /// <summary>The questions that were asked.</summary>
    public List<string> Questions { get; } = [];

    /// <summary>The progress that was shown.</summary>
    public List<ProgressRecord> Progress { get; } = [];

    public override PSHostRawUserInterface RawUI { get; } = new RecordingRawUserInterface();

    /// <summary>What was written since the last time, warnings and the like with their prefixes.</summary>
    public string TakeText()
    {
        string taken = text.ToString();
        text.Clear();
        return taken;
    }

    public override void Write(string value) => text.Append(GetOutputString(value, SupportsVirtualTerminal));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + '\n');

    public override void WriteErrorLine(string value) => WriteLine("ERROR: " + value);

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => Progress.Add(record);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Questions.Add(message);
        BeforeAnswer?.Invoke();
        string key = "&" + (Answers.TryDequeue(out char answer) ? answer : throw new InvalidOperationException("Not expected: " + message));
        return choices.IndexOf(choices.Single(choice => choice.Label.Contains(key, StringComparison.OrdinalIgnoreCase)));
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new InvalidOperationException("Not expected: " + message);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw new NotSupportedException();

    public override string ReadLine() => throw new NotSupportedException();

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();
}
