namespace LlamaGate;

/// <summary>
/// Orders objects that PowerShell compares: without an order of their own, <c>Sort-Object -Unique</c>, <c>Select-Object -Unique</c> and
/// <c>Compare-Object</c> go by <c>ToString()</c>, which is an id alone.
/// </summary>
internal static class FieldOrder
{
    /// <summary>Compares fields in turn, ordinal; null comes first.</summary>
    /// <param name="fields">The fields of one object and of the other.</param>
    /// <returns>Less than 0, 0 or more than 0, as the first fields that differ.</returns>
    public static int Compare(params (string? One, string? Other)[] fields)
    {
        foreach ((string? one, string? other) in fields)
        {
            int order = string.CompareOrdinal(one, other);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
