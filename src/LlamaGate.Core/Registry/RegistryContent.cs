using System.Collections.Generic;

namespace LlamaGate.Registry;

/// <summary>What <c>installed.json</c> says, whoever wrote it (contract, section 3).</summary>
internal sealed class RegistryContent
{
    /// <summary>The entries in the file's order, each with what the gateway would read of it otherwise.</summary>
    public List<(RegistryEntry Entry, IReadOnlyList<string> Corrections)> Entries { get; } = [];

    /// <summary>The elements that are not entries we understand, as JSON on one line, and whether the gateway can read them.</summary>
    public List<(string Json, bool GatewayReads)> Others { get; } = [];

    /// <summary>Why the gateway cannot read the file as a whole, such as "it begins with a byte order mark".</summary>
    public List<string> Problems { get; } = [];
}
