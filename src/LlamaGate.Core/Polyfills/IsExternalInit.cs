#if !NET
// Written out: generators of such types put them in a random order, and the same sources would not give the same bytes.
namespace System.Runtime.CompilerServices;

/// <summary>Marks <c>init</c> accessors.</summary>
internal static class IsExternalInit
{
}
#endif
