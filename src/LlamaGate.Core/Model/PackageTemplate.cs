namespace LlamaGate;

/// <summary>What a new extension begins as (contract, section 10).</summary>
public enum PackageTemplate
{
    /// <summary>A workflow with one step.</summary>
    Workflow,

    /// <summary>A middleware with one hook.</summary>
    Middleware,

    /// <summary>An observer with one hook.</summary>
    Observer,
}
