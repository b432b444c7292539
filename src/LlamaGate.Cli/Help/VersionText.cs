using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Linq;
using System.Reflection;

namespace LlamaGate.Cli.Help;

/// <summary>What <c>--version</c> prints.</summary>
internal sealed class VersionText : SynchronousCommandLineAction
{
    /// <summary>Makes the option <c>--version</c>, which stands alone.</summary>
    public static Option Option()
    {
        var option = new Option<bool>("--version") { Description = "Print the version", Action = new VersionText() };
        option.Validators.Add(result =>
        {
            if (!result.Implicit && result.Parent is CommandResult parent && parent.Children.Any(IsAnother))
            {
                result.AddError("--version cannot be combined with anything else.");
            }
        });
        return option;

        bool IsAnother(SymbolResult child) => child is not OptionResult other || (!other.Implicit && other.Option != option);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(
            typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
        return ExitCodes.Done;
    }
}
