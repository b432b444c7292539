using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using NuGet.Configuration;

namespace LlamaGate.Feeds;

/// <summary>
/// The repositories of a home, kept in <c>NuGet.Config</c> at its root in NuGet's own format. Only that file counts: what the user
/// or the machine has configured for .NET builds is not a place that a gateway takes packages from. A home without the file has no
/// repositories.
/// </summary>
internal sealed class Repositories
{
    /// <summary>The name of the file, as NuGet writes it.</summary>
    public const string FileName = "NuGet.Config";

    private const string EmptyConfiguration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n</configuration>\n";

    private readonly LlamaGateHome home;

    public Repositories(LlamaGateHome home) => this.home = home;

    private string ConfigurationFile => Path.Combine(home.Path, FileName);

    /// <summary>What <c>NuGet.Config</c> says, for what only NuGet reads of it.</summary>
    /// <exception cref="LlamaGateException">RepositoryInvalid: the file cannot be read.</exception>
    public ISettings Settings => Guard<ISettings>(() => File.Exists(ConfigurationFile) ? Load() : NullSettings.Instance);

    /// <summary>The repositories, in the file's order.</summary>
    public IReadOnlyList<PackageSource> Sources => Guard(() => SourcesOf(Settings).LoadPackageSources().ToList());

    /// <summary>The repository of a name; null when there is none. Case is ignored.</summary>
    public PackageSource? Find(string name) =>
        Sources.FirstOrDefault(source => string.Equals(source.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The enabled repository of a folder or address; null when none is registered.</summary>
    public PackageSource? FindPlace(string place) =>
        Sources.FirstOrDefault(source => source.IsEnabled && string.Equals(source.Source, place, StringComparison.Ordinal));

    /// <summary>Adds a repository; the first one makes the file.</summary>
    /// <exception cref="LlamaGateException">RepositoryExists, RepositoryInvalid.</exception>
    public PackageSource Add(string name, string source, RepositoryCredential? credential, bool allowInsecureConnections)
    {
        RepositoryName.ThrowIfInvalid(name);
        if (Find(name) is { } there)
        {
            throw new LlamaGateException(
                FeedErrorIds.RepositoryExists,
                $"The repository '{there.Name}' is already registered, with the address '{there.Source}'. Unregister it first, or use another name.",
                name);
        }

        var added = new PackageSource(RepositoryAddress.Normalize(source, allowInsecureConnections), name) { AllowInsecureConnections = allowInsecureConnections };
        return Guard(() =>
        {
            if (credential is not null)
            {
                added.Credentials = CredentialOf(name, credential);
            }

            if (!File.Exists(ConfigurationFile))
            {
                Directory.CreateDirectory(home.Path);
                PrivateFile.WriteNew(ConfigurationFile, EmptyConfiguration);
            }

            SourcesOf(Load()).AddPackageSource(added);
            return Find(name)!;
        });
    }

    /// <summary>Removes a repository and the credentials kept with it.</summary>
    /// <exception cref="LlamaGateException">RepositoryNotFound, RepositoryInvalid.</exception>
    public PackageSource Remove(string name)
    {
        PackageSource source = Find(name) ?? throw NotFound(name);
        return Guard(() =>
        {
            SourcesOf(Load()).RemovePackageSource(source.Name);
            return source;
        });
    }

    /// <summary>The repository of a name that has to be there.</summary>
    public static LlamaGateException NotFound(string name) => new(
        FeedErrorIds.RepositoryNotFound,
        $"There is no repository and no folder '{name}'. Specify the name of a registered repository, a folder, or the address of the "
            + "index of a feed.",
        name);

    /// <summary>The public view of a repository.</summary>
    public PackageRepository Describe(PackageSource source) =>
        new(source.Name, source.Source, source.IsEnabled, source.Credentials is not null, home.Path);

    private static PackageSourceProvider SourcesOf(ISettings settings) => new(settings, configurationDefaultSources: []);

    private static PackageSourceCredential CredentialOf(string name, RepositoryCredential credential)
    {
        // NuGet can encrypt on Windows only. A password that names a variable is text: the secret is in the environment.
        bool isText = credential.Password.Split('%').Length > 2 || Path.DirectorySeparatorChar == '/';
        return PackageSourceCredential.FromUserInput(
            name, credential.UserName, credential.Password, storePasswordInClearText: isText, validAuthenticationTypesText: null);
    }

    private Settings Load() => new(home.Path, FileName);

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is NuGetConfigurationException or XmlException or IOException or UnauthorizedAccessException
            or ArgumentException or InvalidOperationException)
        {
            throw new LlamaGateException(
                FeedErrorIds.RepositoryInvalid,
                $"'{ConfigurationFile}' cannot be read or written: {exception.Message} Correct the file; 'dotnet nuget list source "
                + $"--configfile \"{ConfigurationFile}\"' reads it as well.",
                ConfigurationFile,
                innerException: exception);
        }
    }
}
