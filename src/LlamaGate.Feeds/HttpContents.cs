using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace LlamaGate.Feeds;

/// <summary>The body of an answer, in the way of each framework.</summary>
internal static class HttpContents
{
    public static Task<Stream> OpenAsync(this HttpContent content, CancellationToken token) =>
#if NETSTANDARD2_0
        content.ReadAsStreamAsync();
#else
        content.ReadAsStreamAsync(token);
#endif
}
