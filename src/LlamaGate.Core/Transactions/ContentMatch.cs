namespace LlamaGate.Transactions;

/// <summary>How the files of a folder compare with a list of checksums.</summary>
internal enum ContentMatch
{
    /// <summary>None of the listed files is there as it is listed.</summary>
    None,

    /// <summary>Some of the listed files are there as they are listed, beside others.</summary>
    Some,

    /// <summary>There are only listed files, as they are listed, and not all of them.</summary>
    Part,

    /// <summary>All listed files are there as they are listed, and no others.</summary>
    Whole,
}
