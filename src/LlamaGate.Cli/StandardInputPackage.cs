using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LlamaGate.Cli;

/// <summary>A package on standard input, in a temporary folder of the user's own for as long as this lives.</summary>
internal sealed class StandardInputPackage : IDisposable
{
    /// <summary>What stands for it on the command line.</summary>
    public const string Word = "-";

    private readonly DirectoryInfo folder;

    private StandardInputPackage(DirectoryInfo folder)
    {
        this.folder = folder;
        Path = System.IO.Path.Combine(folder.FullName, "stdin.zip");
    }

    /// <summary>The file that holds it.</summary>
    public string Path { get; }

    /// <summary>Whether a word of the command line means standard input.</summary>
    public static bool IsMeant(string word) => string.Equals(word, Word, StringComparison.Ordinal);

    /// <summary>Reads standard input to its end.</summary>
    /// <param name="session">The run, whose messages then call the package what the user calls it.</param>
    /// <exception cref="LlamaGateException">InstallFailed: it cannot be read, or there is no room for it.</exception>
    public static StandardInputPackage Read(Session session)
    {
        session.Output.Verbose("Reading a package from standard input.");
        StandardInputPackage? package = null;
        try
        {
            package = new StandardInputPackage(Directory.CreateTempSubdirectory("llamagate-"));
            session.Output.Rename(package.Path, Word);

            // A blocked read cannot be cancelled, but it need not be waited for. The file is created first, so that the read never creates it
            // in a folder that is being deleted.
            var file = new FileStream(package.Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
            Task.Run(() => Fill(file), CancellationToken.None).WaitAsync(session.CancellationToken).GetAwaiter().GetResult();
            return package;
        }
        catch (Exception exception)
        {
            package?.Dispose();
            if (exception is not (IOException or UnauthorizedAccessException))
            {
                throw;
            }

            throw new LlamaGateException(
                ErrorIds.InstallFailed,
                $"The package on standard input cannot be saved in '{System.IO.Path.GetTempPath()}': {exception.Message.TrimEnd('.')}. "
                    + "Check that the folder exists and has free space, or set TMPDIR (TEMP on Windows) to another folder.",
                Word,
                innerException: exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    private static void Fill(FileStream file)
    {
        using (file)
        {
            using Stream input = Console.OpenStandardInput();
            input.CopyTo(file);
        }
    }
}
