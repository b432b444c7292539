using System;
using System.IO;

namespace LlamaGate.Gateway;

/// <summary>
/// What the environment says of the gateway, else a <c>.env</c> file (contract, section 9). A blank variable is as good as none.
/// </summary>
internal sealed class GatewaySettings
{
    /// <summary>The variable that names the gateway's port.</summary>
    public const string Port = "PORT";

    /// <summary>The variable that holds the gateway's API key.</summary>
    public const string ApiKey = "LLAMAGATE_API_KEY";

    /// <summary>The variable by which the gateway itself is given its key; read from the <c>.env</c> file alone.</summary>
    public const string ServerApiKey = "API_KEY";

    private readonly Func<string, string?> environment;
    private DotEnv? dotEnv;

    /// <summary>Knows where to look. Reads nothing yet.</summary>
    /// <param name="environment">Looks up a variable of the environment.</param>
    /// <param name="workingDirectory">The folder whose <c>.env</c> file counts; full.</param>
    public GatewaySettings(Func<string, string?> environment, string workingDirectory)
    {
        this.environment = environment;
        DotEnvFile = Path.Combine(workingDirectory, ".env");
    }

    /// <summary>The <c>.env</c> file, which need not exist.</summary>
    public string DotEnvFile { get; }

    /// <summary>How long a call may take in all.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(GatewayClient.TimeoutSeconds);

    /// <summary>
    /// Why nothing is read from the <c>.env</c> file, by us as by the gateway; null when it can be read, was not looked at or is not there.
    /// </summary>
    public string? Problem => dotEnv?.Problem;

    /// <summary>Looks up a setting in the <c>.env</c> file alone.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value, trimmed; null when there is none.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public string? FindInFile(string name)
    {
        dotEnv ??= DotEnv.Read(DotEnvFile);
        return dotEnv.Values.TryGetValue(name, out string? value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    /// <summary>Looks up a setting. Opens the file only for what the environment does not say.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value, trimmed; null when there is none.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public string? Find(string name)
    {
        string? value = environment(name);
        return string.IsNullOrWhiteSpace(value) ? FindInFile(name) : value!.Trim();
    }
}
