using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace LlamaGate.PowerShell;

/// <summary>What a value of <c>-Id</c> means: one id, or with wildcards every id that matches. Case is ignored.</summary>
internal sealed class IdPattern
{
    private readonly string text;
    private readonly WildcardPattern pattern;

    /// <summary>Reads a value of <c>-Id</c>.</summary>
    /// <exception cref="WildcardPatternException">It is a wildcard that is not complete, such as <c>x[</c>.</exception>
    public IdPattern(string text)
    {
        this.text = text;
        pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        pattern.IsMatch(string.Empty); // A pattern that is wrong shows only when it is used.
        IsLiteral = !WildcardPattern.ContainsWildcardCharacters(text);
    }

    /// <summary>Whether it means one id, which ought to be there.</summary>
    public bool IsLiteral { get; }

    /// <summary>Whether it means an id.</summary>
    public bool IsMatch(string id) => pattern.IsMatch(id);

    /// <summary>The registered items that it means; an exact match of a literal id goes before one that differs by case.</summary>
    /// <param name="store">The store whose items are matched.</param>
    /// <param name="type">Their type; null for both.</param>
    /// <returns>The items that match.</returns>
    public IEnumerable<InstalledItem> Select(PackageStore store, ItemType? type) => IsLiteral
        ? store.GetItems(WildcardPattern.Unescape(text), type)
        : store.GetItems(type).Where(item => IsMatch(item.Id));
}
