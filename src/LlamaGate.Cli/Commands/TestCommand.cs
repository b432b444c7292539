using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate test</c></summary>
internal sealed class TestCommand : PackageCommand
{
    private static readonly string[] Formats = ["text", "json", "github", "sarif"];

    private readonly Option<bool> strict = new("--strict") { Description = "Treat a package with a warning as invalid" };

    private readonly Option<string> format = new("--format")
    {
        HelpName = "format",
        Description = "text, json, github (annotations of a workflow run) or sarif (2.1.0); default: text",
    };

    private int valid;
    private int invalid;

    public TestCommand()
        : base("test", "Checks packages as an import does, and changes nothing. The exit code is 1 if a package is invalid.", "llamagate test my-ext")
    {
        format.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && Array.IndexOf(Formats, name) < 0)
            {
                result.AddError($"'{name}' is not a format. Specify one of {string.Join(", ", Formats)}.");
            }
        });
        format.CompletionSources.Add(Formats);
        Options.Add(strict);
        Options.Add(format);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate test [extension|agentic-module] <package>... [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "llamagate test my-ext",
        "llamagate test extensions/* --strict --format github",
        "llamagate test my-extension.zip --format sarif > results.sarif",
    ];

    /// <inheritdoc/>
    protected override CommandOutput ChooseOutput(ParseResult line) => line.GetValue(format) switch
    {
        "json" => new JsonOutput(line),
        "github" => new GitHubOutput(line),
        "sarif" => new SarifOutput(line),
        _ => base.ChooseOutput(line),
    };

    /// <inheritdoc/>
    protected override void Run(PackageSession session, IReadOnlyList<string> paths)
    {
        base.Run(session, paths);
        if (paths.Count > 1)
        {
            int unread = paths.Count - valid - invalid;
            session.Output.Say(
                $"{paths.Count} packages: {valid} valid, {invalid} invalid{(unread > 0 ? $", {unread} not found" : string.Empty)}.");
        }
    }

    /// <inheritdoc/>
    protected override void Run(PackageSession session, string path)
    {
        PackageTestResult result = session.Authoring.Test(path, session.Type, session.Line.GetValue(strict), session.CancellationToken);
        valid += result.IsValid ? 1 : 0;
        invalid += result.IsValid ? 0 : 1;
        session.Output.Tested(result, path);
        OutputItem item = OutputItem.From(result, path);
        string what = result.Id is null ? Terminal.Printable(path) : $"{item} in {Terminal.Printable(path)}";
        IEnumerable<string> problems = result.Problems.Select(
            problem => $"  {problem.Severity.ToLowerInvariant()}: {Terminal.Printable(problem.ToString())}");
        string text = string.Join('\n', problems.Prepend($"{(result.IsValid ? "Valid" : "Invalid")}: {what}"));
        session.Output.Result(item, text, quietText: result.IsValid ? null : text);
    }
}
