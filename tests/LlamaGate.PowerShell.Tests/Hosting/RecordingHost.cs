using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace LlamaGate.Tests.Hosting;

/// <summary>A host of 80 columns without a terminal that writes down what a user would see and answers from a list.</summary>
internal sealed class RecordingHost : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => nameof(RecordingHost);

    public override PSHostUserInterface UI => Recorder;

    public override Version Version { get; } = new(1, 0);

    /// <summary>What was shown and what will be answered.</summary>
    public RecordingUserInterface Recorder { get; } = new();

    public override void EnterNestedPrompt() => throw new NotSupportedException("A test does not suspend.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("A test does not suspend.");

    public override void NotifyBeginApplication()
    {
        // No native program is run.
    }

    public override void NotifyEndApplication()
    {
        // No native program is run.
    }

    public override void SetShouldExit(int exitCode) => throw new NotSupportedException("A test does not exit the host.");
}
