using System;
using System.Collections.Generic;

namespace LlamaGate.Feeds;

/// <summary>Imports of files that were downloaded.</summary>
internal static class Imports
{
    /// <summary>The same options, with where each file came from.</summary>
    public static ImportOptions WithSources(this ImportOptions options, IReadOnlyDictionary<string, ItemSource> sources) =>
        new(options.Type, options.Force, options.CheckOnly, options.Limits, options.Disabled, options.BackupCount) { Sources = sources };

    /// <summary>The failure as the user knows the package: the file that it was downloaded to is gone.</summary>
    public static LlamaGateException? Renamed(this LlamaGateException? error, string file, string name) => error is null ? null : new LlamaGateException(
        error.ErrorId,
        error.Message.Replace(file, name),
        string.Equals(error.Target, file, StringComparison.Ordinal) ? name : error.Target,
        error.Problems,
        error);
}
