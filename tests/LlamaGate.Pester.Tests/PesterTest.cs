using Xunit;

namespace LlamaGate.Tests;

/// <summary>A test of the suite after it was run.</summary>
/// <param name="Name">The file, the blocks and the test.</param>
/// <param name="Result">What Pester calls the result, such as <c>Passed</c>.</param>
/// <param name="Message">The errors of a test that failed, or the reason why it was skipped.</param>
public sealed record PesterTest(string Name, string Result, string Message)
{
    /// <summary>Gives the test that stands for this one the same result.</summary>
    public void Check()
    {
        Assert.SkipWhen(Result == "Skipped", Message is "" ? "Pester skipped it." : Message);
        Assert.True(Result == "Passed", $"{Result}: {Message}");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
