namespace LlamaGate.PowerShell;

/// <summary>Where <c>Get-Help -Online</c> finds the pages of the cmdlets.</summary>
internal static class HelpPages
{
    /// <summary>The folder of the pages, below the manifest's <c>ProjectUri</c>.</summary>
    public const string Folder = "https://github.com/llamagate/llamagate-powershell/blob/main/docs/";
}
