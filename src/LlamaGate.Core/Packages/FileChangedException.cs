using System;
using System.IO;

namespace LlamaGate.Packages;

/// <summary>A file on disk is not what it was when its reading began: something else writes to it.</summary>
internal sealed class FileChangedException : IOException
{
    /// <summary>Says what happened and what to do.</summary>
    /// <param name="what">What happened, without the end of a sentence.</param>
    /// <param name="cause">What showed it.</param>
    public FileChangedException(string what, Exception? cause = null)
        : base($"{what}. Close the program that writes to it, then try again.", cause)
    {
    }
}
