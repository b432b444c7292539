using System;
using System.Diagnostics;
using Xunit;

namespace LlamaGate.Tests;

public sealed class CompletionTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public CompletionTests() =>
        sandbox.Register(("alpha", "extension", true), ("beta", "extension", true), ("mu", "agentic-module", true));

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("llamagate im", "import")]
    [InlineData("llamagate import ", "agentic-module extension")]
    [InlineData("llamagate import ext ", "")]
    [InlineData("llamagate import --dr", "--dry-run")]
    [InlineData("llamagate list ", "agentic-modules extensions")]
    [InlineData("llamagate remove ", "agentic-module alpha beta extension mu")]
    [InlineData("llamagate remove be", "beta")]
    [InlineData("llamagate remove ET", "")]
    [InlineData("llamagate remove BE", "beta")]
    [InlineData("llamagate remove extension ", "alpha beta")]
    [InlineData("llamagate remove extension alpha ", "beta")]
    [InlineData("llamagate disable am ", "mu")]
    [InlineData("llamagate export --out x.zip module m", "mu")]
    [InlineData("llamagate completion ", "bash fish pwsh zsh")]
    [InlineData("llamagate help sy", "sync")]
    [InlineData("/usr/bin/llamagate sy", "sync")]
    [InlineData("llamagate --home nowhere remove ext ", "")]
    public void The_next_word_is_suggested(string line, string expected) => Assert.Equal(expected, Suggest(line, line.Length));

    [Fact]
    public void What_stands_before_the_cursor_counts() =>
        Assert.Equal("remove", Suggest("llamagate rem extension alpha", "llamagate rem".Length));

    [Fact]
    public void A_registry_that_cannot_be_read_suggests_nothing()
    {
        System.IO.File.WriteAllText(System.IO.Path.Combine(sandbox.Home, "registry", "installed.json"), "garbage");

        Assert.Equal(string.Empty, Suggest("llamagate remove ext ", 21));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _llamagate llamagate\n")]
    [InlineData("fish", "complete --command llamagate ")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName llamagate ")]
    [InlineData("zsh", "compdef _llamagate llamagate\n")]
    public void Every_shell_has_its_script(string shell, string registration) =>
        Assert.Contains(registration, sandbox.Done("completion", shell), StringComparison.Ordinal);

    [Fact]
    public void Bash_completes_with_its_script()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs bash");
        const string Script = """
            source <('{llamagate}' completion bash)
            COMP_LINE='llamagate disable ext a' COMP_POINT=23 COMP_WORDS=('{llamagate}' disable ext a) COMP_CWORD=3
            _llamagate
            echo "${COMPREPLY[@]}"
            """;

        using Process bash = sandbox.StartProgram("bash", "-c", Script);

        Assert.Equal("alpha\n", bash.StandardOutput.ReadToEnd());
        bash.WaitForExit();
    }

    private string Suggest(string line, int cursor) => sandbox
        .Done($"[suggest:{cursor}]", line)
        .TrimEnd()
        .Replace('\n', ' ');
}
