using System;
using System.IO;
using LlamaGate.Gateway;
using Xunit;

namespace LlamaGate.Tests.Gateway;

public sealed class GatewayHomeTests : IDisposable
{
    private readonly string profile = Directory.CreateTempSubdirectory("llamagate-").FullName;

    public void Dispose() => Directory.Delete(profile, recursive: true);

    [Fact]
    public void The_gateway_reads_the_home_in_the_profile_and_no_other()
    {
        Assert.True(Is(Path.Combine(profile, ".llamagate")));
        Assert.False(Is(Path.Combine(profile, "other")));
        Assert.False(GatewayHome.Is(new LlamaGateHome(Path.Combine(profile, ".llamagate")), _ => null));
    }

    [Fact]
    public void A_link_to_it_is_the_same_home()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "needs links");
        Directory.CreateDirectory(Path.Combine(profile, "real"));
        Directory.CreateSymbolicLink(Path.Combine(profile, ".llamagate"), Path.Combine(profile, "real"));

        Assert.True(Is(Path.Combine(profile, "real")));
    }

    private bool Is(string path) => GatewayHome.Is(new LlamaGateHome(path), name => name is "HOME" or "USERPROFILE" ? profile : null);
}
