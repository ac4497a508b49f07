using System.Net;
using System.Text;

namespace Waxseal.Hosting.Configuration;

/// <summary>Where a listener listens: an address with a port, or <c>unix:PATH</c>.</summary>
internal static class ListenAddress
{
    /// <summary>Octets of the path of a socket (unix(7): 108 with the NUL at its end).</summary>
    public const int MostPathOctets = 107;

    private const string UnixPrefix = "unix:";

    /// <summary>What is wrong with a text, as the end of a sentence, or null.</summary>
    public static string? ProblemOf(string text) => Of(text) is null ? $"is \"{text}\"; it takes ADDRESS:PORT such as 127.0.0.1:8460 or [::]:25, or unix:PATH" : null;

    /// <summary>The end point, or null.</summary>
    public static EndPoint? Of(string text)
    {
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
            return Encoding.UTF8.GetByteCount(text) - UnixPrefix.Length is >= 1 and <= MostPathOctets ? new System.Net.Sockets.UnixDomainSocketEndPoint(text[UnixPrefix.Length..]) : null;
        int colon = text.LastIndexOf(':');
        return colon > 0 && IPEndPoint.TryParse(text, out IPEndPoint? endPoint) && text[^1] != ']' && (text[0] == '[' || text.IndexOf(':', StringComparison.Ordinal) == colon) ? endPoint : null;
    }
}
