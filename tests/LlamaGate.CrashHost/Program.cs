using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using LlamaGate;
using LlamaGate.CrashHost;
using LlamaGate.Tests;
using LlamaGate.Transactions;

// LlamaGate.CrashHost <home> [--die <step>] [--move] [--times <n>] [--wait <seconds>] [--no-statx <error>]
//     <command> [<what it takes>...]
//
// Runs a command of the store, says "ready" before, and prints the id of the error that it ended in, if it did. With --die it kills
// itself, without any cleanup, when it comes to the step of that number. With --move folders are never exchanged. With --no-statx
// the kernel answers the call of that name with an error code; where it cannot be asked to, the exit code is 3.
//   alternate <zip>...  runs --times imports, of one package each, in turn
//   swing <id>          runs --times restores of the newest backup of an item: back and forth
//   hold                holds the store's lock until its input ends
//   watch [<id>]        lists the store until its input ends, says "watching" after the first time, and at the end how often and
//                       what went wrong: an item without a version, or that the named item was not there
//   look <file>         does the same by reading a manifest with plain file calls
//   all else            is an Operation
var home = new LlamaGateHome(args[0]);
int dieAt = 0;
int times = 1;
var wait = TimeSpan.FromMinutes(10); // No load of the machine delays a writer for so long: that a wait ends is for other tests.
bool mayExchange = true;
int refusal = 0;
int next = 1;
for (; args[next].StartsWith("--", StringComparison.Ordinal); next++)
{
    switch (args[next])
    {
        case "--move":
            mayExchange = false;
            break;
        case "--die":
            dieAt = Number(args[++next]);
            break;
        case "--times":
            times = Number(args[++next]);
            break;
        case "--no-statx":
            refusal = Number(args[++next]);
            break;
        case "--wait":
            wait = TimeSpan.FromSeconds(Number(args[++next]));
            break;
        default:
            throw new ArgumentException($"There is no option '{args[next]}'.", nameof(args));
    }
}

string[] words = args[next..];
int step = 0;
Console.WriteLine("ready");
try
{
    if (refusal == 0)
    {
        Run();
        return 0;
    }

    return RefusedCalls.TryRun(RefusedCalls.StatX, (ushort)refusal, Run) ? 0 : 3;
}
catch (LlamaGateException exception)
{
    Console.WriteLine(exception.ErrorId);
    Console.WriteLine(exception.Message);
    return 1;
}

void Run()
{
    switch (words[0])
    {
        case "hold":
            using (StoreLock.Acquire(home.LockFile, TimeSpan.Zero, Context().Log, CancellationToken.None))
            {
                Console.WriteLine("holding");
                Console.In.ReadToEnd();
            }

            break;
        case "watch":
            Watcher.Watch(() => Watcher.List(home, words.ElementAtOrDefault(1)));
            break;
        case "look":
            Watcher.Watch(() => Watcher.Look(words[1]));
            break;
        case "alternate":
            for (int i = 0; i < times; i++)
            {
                Operation.Run(Context(), "import", words[1 + (i % (words.Length - 1))]);
            }

            break;
        case "swing":
            for (int i = 0; i < times; i++)
            {
                Operation.Run(Context(), "restore", words[1]);
            }

            break;
        default:
            Operation.Run(Context(), words);
            break;
    }
}

// Each command in a store of its own, as people's commands are.
StoreSettings Context() => new(home, new SilentLog(), wait) { MayExchange = mayExchange, OnStep = dieAt > 0 ? Die : null };

void Die(string name)
{
    if (Interlocked.Increment(ref step) == dieAt)
    {
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite); // Nothing more may happen until the signal arrives.
    }
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
