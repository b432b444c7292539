using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace LlamaGate.Tests.Hosting;

/// <summary>What a script left behind.</summary>
/// <param name="Output">What it emitted.</param>
/// <param name="Errors">Its errors, in order; the one that ended it comes last.</param>
/// <param name="Warnings">Its warnings.</param>
/// <param name="Verbose">Its verbose messages.</param>
/// <param name="Progress">Its progress.</param>
/// <param name="Text">What the host was given to show: <c>-WhatIf</c>, and with <see cref="PowerShellSession.Show"/> everything.</param>
/// <param name="WasTerminated">Whether an error ended the script.</param>
internal sealed record RunResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress,
    string Text,
    bool WasTerminated)
{
    /// <summary>The one object that was emitted.</summary>
    public PSObject Single => Output.Count == 1
        ? Output[0]
        : throw new InvalidOperationException($"It emitted {Output.Count} objects, and these errors: {string.Join(" | ", Errors)}");

    /// <summary>The one error.</summary>
    public ErrorRecord Error => Errors.Single();

    /// <summary>The errors' ids without the name of the command, in order.</summary>
    public IEnumerable<string> ErrorIds => Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]);

    /// <summary>A property of every emitted object, as text.</summary>
    public IEnumerable<string?> All(string property) =>
        Output.Select(item => Convert.ToString(item.Properties[property].Value, System.Globalization.CultureInfo.InvariantCulture));
}
