using System;
using System.IO;
using System.Threading.Tasks;
using LlamaGate.Tests.Support;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>NuGet's own tools and ours, each reading what the other wrote.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly FeedHome home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task A_package_that_dotnet_pack_made_of_a_nuspec_is_installed()
    {
        string source = home.Test.Folder("source", ("item/manifest.yaml", TestHome.Manifest("alpha", "1.4.0")), ("item/templates/my body.txt", "hello"), ("alpha.nuspec", """
            <package>
              <metadata>
                <id>Contoso.Alpha</id>
                <version>1.4.0</version>
                <authors>Contoso</authors>
                <description>An extension</description>
                <packageTypes><packageType name="LlamaGateExtension" /></packageTypes>
              </metadata>
              <files><file src="item/**" target="content/llamagate" /></files>
            </package>
            """), ("alpha.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuspecFile>alpha.nuspec</NuspecFile>
                <IncludeBuildOutput>false</IncludeBuildOutput>
              </PropertyGroup>
            </Project>
            """), ("Directory.Build.props", "<Project />"), ("Directory.Packages.props", "<Project />"));
        await Dotnet.RunAsync(home, true, "pack", Path.Combine(source, "alpha.csproj"), "-o", home.Folder("feed"), "--nologo", "-v", "q");

        ImportedItem item = home.Install("Contoso.Alpha", repository: home.Folder("feed")).Item!;

        Assert.Equal(("alpha", "1.4.0"), (item.Id, item.Version));
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(item.Path, "templates", "my body.txt")));
    }

    [Fact]
    public async Task What_we_publish_dotnet_pushes_and_finds()
    {
        home.Publish(home.Test.ExtensionZip("alpha", "1.2.0"), home.Folder("ours"));
        Directory.CreateDirectory(home.Folder("theirs"));

        await Dotnet.RunAsync(home, true, "nuget", "push", Path.Combine(home.Folder("ours"), "alpha.1.2.0.nupkg"), "--source", home.Folder("theirs"));
        string found = await Dotnet.RunAsync(home, true, "package", "search", "alpha", "--source", home.Folder("theirs"), "--format", "json");

        Assert.Contains("\"alpha\"", found, StringComparison.Ordinal);
        Assert.Contains("1.2.0", found, StringComparison.Ordinal);
        Assert.Equal("1.2.0", home.Resolve("alpha", repository: home.Folder("theirs")).Version);
    }
}
