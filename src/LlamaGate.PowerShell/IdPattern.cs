using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace LlamaGate.PowerShell;

/// <summary>What a value of <c>-Id</c> means: one id, or with wildcards every id that matches. Case is ignored.</summary>
internal sealed class IdPattern
{
    private readonly string text;
    private readonly WildcardPattern pattern;

    public IdPattern(string text)
    {
        this.text = text;
        pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        IsLiteral = !WildcardPattern.ContainsWildcardCharacters(text);
    }

    /// <summary>Whether it means one id, which ought to be there.</summary>
    public bool IsLiteral { get; }

    /// <summary>Whether it means an id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>Whether it does.</returns>
    public bool IsMatch(string id) => pattern.IsMatch(id);

    /// <summary>The items that it means; an exact match of a literal id goes before one that differs by case.</summary>
    /// <param name="items">The items to choose from.</param>
    /// <returns>The items that match.</returns>
    public IReadOnlyList<InstalledItem> Select(IEnumerable<InstalledItem> items)
    {
        var matches = items.Where(item => IsMatch(item.Id)).ToList();
        var exact = matches.Where(item => string.Equals(item.Id, text, StringComparison.Ordinal)).ToList();
        return IsLiteral && exact.Count > 0 ? exact : matches;
    }
}
