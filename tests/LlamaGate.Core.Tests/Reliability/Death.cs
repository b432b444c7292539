using System.IO;

namespace LlamaGate.Tests.Reliability;

/// <summary>A command that is killed at a step.</summary>
internal static class Death
{
    /// <summary>Leaves the home as a command that was killed when it came to a step did.</summary>
    /// <param name="test">The home.</param>
    /// <param name="step">The name of the step.</param>
    /// <param name="mayExchange">Whether the command may exchange folders in one step.</param>
    /// <param name="words">The command.</param>
    public static void At(TestHome test, string step, bool mayExchange, params string[] words)
    {
        string copy = Path.Combine(test.Root, "copy");
        StoreSettings context = test.Context();
        context.MayExchange = mayExchange;
        context.OnStep = name =>
        {
            if (name == step && !Directory.Exists(copy))
            {
                DiskCopy.Take(test.Home.Path, copy);
            }
        };
        Operation.Run(context, words);
        if (mayExchange && !Directory.Exists(copy))
        {
            test.SkipUnlessExchanging(); // Some steps come after an exchange only.
        }

        DiskCopy.Restore(copy, test.Home.Path);
    }
}
