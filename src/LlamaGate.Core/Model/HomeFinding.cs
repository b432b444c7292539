namespace LlamaGate;

/// <summary>One thing in a home that will surprise its user (contract, section 9).</summary>
public sealed class HomeFinding
{
    /// <summary>Something does not work.</summary>
    public const string Error = nameof(Error);

    /// <summary>Something works in another way than it seems to.</summary>
    public const string Warning = nameof(Warning);

    /// <summary>Something to know.</summary>
    public const string Information = nameof(Information);

    internal HomeFinding(
        string id, string severity, string item, string? type, string message, string remedy, string commandLine, string homePath)
    {
        Id = id;
        Severity = severity;
        Item = item;
        Type = type;
        Message = message;
        Remedy = remedy;
        CommandLine = commandLine;
        HomePath = homePath;
    }

    /// <summary>What kind of finding it is: stable, such as <c>GatewayRefuses</c>.</summary>
    public string Id { get; }

    /// <summary><see cref="Error"/>, <see cref="Warning"/> or <see cref="Information"/>.</summary>
    public string Severity { get; }

    /// <summary>The id of the item, or the file or folder, that it is about.</summary>
    public string Item { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>; null when it is not about an item.</summary>
    public string? Type { get; }

    /// <summary>What is the matter and what will happen.</summary>
    public string Message { get; }

    /// <summary>A command for PowerShell that ends it.</summary>
    public string Remedy { get; }

    /// <summary>The same for the command line: for <c>sh</c>, and on Windows for <c>cmd</c>.</summary>
    public string CommandLine { get; }

    /// <summary>The home.</summary>
    public string HomePath { get; }
}
