using System;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>How the moving of a change's folders ended.</summary>
/// <param name="Error">Why it could not be completed; null when it was.</param>
/// <param name="UndoError">Why it could not be taken back either; null when it was, or needed not be.</param>
/// <param name="Outcome">The record that says how the entry stands, when it is not as the change's own record says.</param>
internal sealed record ChangeResult(Exception? Error, Exception? UndoError, JournalRecord? Outcome);
