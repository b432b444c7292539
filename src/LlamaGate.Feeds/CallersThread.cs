using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace LlamaGate.Feeds;

/// <summary>
/// Runs asynchronous work for a synchronous caller, and passes on what the work has to say on the caller's thread: the streams of a
/// cmdlet take nothing from another one.
/// </summary>
internal sealed class CallersThread
{
    private readonly IStoreLog log;

    public CallersThread(IStoreLog log) => this.log = log;

    /// <summary>Runs work on the thread pool until it ends.</summary>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled. The caller is free at once; what the work still does is cancelled with the same token.
    /// </exception>
    public T Run<T>(Func<IStoreLog, CancellationToken, Task<T>> work, CancellationToken token)
    {
        // Not disposed: work that was cancelled may still have something to say, to nobody.
        var messages = new BlockingCollection<Action<IStoreLog>>();
        Task<T> task = Task.Run(() => work(new Relay(messages), token), token);
        _ = task.ContinueWith(_ => messages.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        foreach (Action<IStoreLog> message in messages.GetConsumingEnumerable(token))
        {
            message(log);
        }

        token.ThrowIfCancellationRequested();
        return task.GetAwaiter().GetResult();
    }

    private sealed class Relay : IStoreLog
    {
        private readonly BlockingCollection<Action<IStoreLog>> messages;

        public Relay(BlockingCollection<Action<IStoreLog>> messages) => this.messages = messages;

        public void Verbose(string message) => Add(log => log.Verbose(message));

        public void Warning(string message) => Add(log => log.Warning(message));

        public void Progress(StoreProgress progress) => Add(log => log.Progress(progress));

        private void Add(Action<IStoreLog> message)
        {
            try
            {
                messages.Add(message);
            }
            catch (InvalidOperationException)
            {
                // The work has ended; this came from something that it had left running.
            }
        }
    }
}
