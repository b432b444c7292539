using YamlDotNet.Core;

namespace LlamaGate.Manifests.GatewayRules;

/// <summary>One reason why the gateway does not take a manifest.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Field">The path of the field, such as <c>steps[0].with</c>; empty when none is meant.</param>
/// <param name="Message">What the gateway says.</param>
/// <param name="Advice">What would be right; empty when the message tells.</param>
internal sealed record GatewayObjection(Mark Place, string Field, string Message, string Advice);
