using System.CommandLine;
using System.CommandLine.Completions;
using System.Linq;

namespace LlamaGate.Cli.Completion;

/// <summary><c>llamagate [suggest]</c>: the library knows directives of its own root command only.</summary>
internal sealed class SuggestingCommand : RootCommand
{
    /// <summary>How a command line begins that asks for suggestions.</summary>
    public const string Directive = "[suggest";

    public SuggestingCommand()
    {
        SuggestDirective suggest = Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new SuggestAction(suggest);
    }
}
