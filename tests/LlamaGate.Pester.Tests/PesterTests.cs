using Xunit;

namespace LlamaGate.Tests;

/// <summary>The suite on Pester 5. A class of its own, so that both versions run at the same time.</summary>
public sealed class Pester5Tests
{
    /// <summary>Passes when the Pester test did.</summary>
    [Theory]
    [MemberData(nameof(PesterSuite.Run), "Pester5", MemberType = typeof(PesterSuite), DisableDiscoveryEnumeration = true)]
    public void Test(PesterTest test) => test.Check();
}

/// <summary>The suite on Pester 6.</summary>
public sealed class Pester6Tests
{
    /// <inheritdoc cref="Pester5Tests.Test"/>
    [Theory]
    [MemberData(nameof(PesterSuite.Run), "Pester6", MemberType = typeof(PesterSuite), DisableDiscoveryEnumeration = true)]
    public void Test(PesterTest test) => test.Check();
}
