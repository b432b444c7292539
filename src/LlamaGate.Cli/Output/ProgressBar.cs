using System;
using System.Threading;
using System.Threading.Tasks;
using Spectre.Console;

namespace LlamaGate.Cli.Output;

/// <summary>
/// The bar of a long operation on a terminal. Drawn by a thread of its own while there is something to show, and gone without a
/// trace afterwards.
/// </summary>
internal sealed class ProgressBar : IDisposable
{
    private Drawing? drawing;

    /// <summary>Draws the bar, or draws it anew.</summary>
    /// <param name="progress">How far the operation is.</param>
    public void Show(StoreProgress progress)
    {
        if (progress.IsCompleted)
        {
            Clear();
        }
        else
        {
            drawing ??= new Drawing(progress);
            drawing.Update(progress);
        }
    }

    /// <summary>Takes the bar off the screen.</summary>
    public void Clear()
    {
        drawing?.Dispose();
        drawing = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    /// <summary>One stretch of drawing. The library is not loaded before the first.</summary>
    private sealed class Drawing : IDisposable
    {
        private readonly ManualResetEventSlim stop = new();
        private readonly TaskCompletionSource<ProgressTask> started = new();
        private readonly Task drawing;

        public Drawing(StoreProgress first)
        {
            // Whether it moves depends on standard error alone, wherever standard output goes.
            var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error), Interactive = InteractionSupport.Yes };
            Progress progress = AnsiConsole.Create(settings)
                .Progress()
                .AutoClear(enabled: true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
            drawing = Task.Factory.StartNew(
                () => progress.Start(context =>
                {
                    started.SetResult(context.AddTask(Description(first)));
                    stop.Wait();
                }),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }

        public void Update(StoreProgress progress)
        {
            Task.WaitAny(started.Task, drawing);
            ProgressTask task = started.Task.IsCompleted ? started.Task.Result : throw drawing.Exception!.GetBaseException();
            task.Description = Description(progress);
            task.IsIndeterminate = progress.Percent < 0;
            task.MaxValue = Math.Max(progress.Total, 1);
            task.Value = progress.Done;
        }

        public void Dispose()
        {
            stop.Set();
            drawing.Wait();
            stop.Dispose();
        }

        private static string Description(StoreProgress progress) =>
            Markup.Escape(Terminal.OneLine($"{progress.Activity} {progress.Subject}"));
    }
}
