using YamlDotNet.Core;

namespace LlamaGate.Manifests.GatewayRules;

/// <summary>One reason why the gateway does not take a manifest.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Message">What the gateway says.</param>
/// <param name="Advice">What would be right; empty when the message tells.</param>
internal sealed record GatewayObjection(Mark Place, string Message, string Advice)
{
    /// <summary>What to do about text in braces.</summary>
    public const string QuoteIt = "put the text in quotes";
}
