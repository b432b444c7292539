namespace LlamaGate.Feeds;

/// <summary>What a repository asks of its users. Either part may name environment variables as <c>%NAME%</c>, as NuGet reads them.</summary>
public sealed class RepositoryCredential
{
    /// <summary>Holds a user name and a password.</summary>
    public RepositoryCredential(string userName, string password)
    {
        UserName = userName;
        Password = password;
    }

    /// <summary>The user's name; feeds that take tokens alone accept any.</summary>
    public string UserName { get; }

    /// <summary>The password or the token.</summary>
    public string Password { get; }
}
