using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tls;

/// <summary>Reads the reason of a failed handshake out of the words of the TLS library.</summary>
internal static class HandshakeFaults
{
    private const string AlertMark = " alert ";

    private static readonly (string Part, HandshakeFault Fault, string Detail)[] Words =
    [
        ("unsupported protocol", HandshakeFault.NothingShared, "the server has no version of TLS that was offered"),
        ("no protocols available", HandshakeFault.NothingShared, "this machine has no version of TLS that was to be offered"),
        ("wrong version number", HandshakeFault.NotTls, "what came is no TLS"),
        ("packet length too long", HandshakeFault.NotTls, "what came is no TLS"),
        ("record layer failure", HandshakeFault.NotTls, "what came is no TLS"),
        ("frame size", HandshakeFault.NotTls, "what came is no TLS"),
        ("http request", HandshakeFault.NotTls, "what came is no TLS"),
        ("no shared cipher", HandshakeFault.NothingShared, "no cipher suite is known to both"),
        ("dh key too small", HandshakeFault.NothingShared, "the server's Diffie-Hellman key is too small"),
        ("ee key too small", HandshakeFault.NothingShared, "the key of the certificate is too small"),
        ("ca key too small", HandshakeFault.NothingShared, "a key in the chain of certificates is too small"),
        ("md too weak", HandshakeFault.NothingShared, "a signature in the chain of certificates is too weak"),
        ("unexpected eof", HandshakeFault.Closed, "the connection was closed during the handshake"),
    ];

    /// <summary>What an exception of a handshake means.</summary>
    public static (HandshakeFault Fault, string Detail) Of(Exception fault)
    {
        string text = string.Join(" / ", Chain(fault).Select(exception => exception.Message));
        if (AlertIn(text) is { } alert)
        {
            return alert is "protocol version" or "handshake failure" or "insufficient security"
                ? (HandshakeFault.NothingShared, $"the server sent the alert \"{alert}\"")
                : (HandshakeFault.Alert, $"the server sent the alert \"{alert}\"");
        }

        foreach ((string part, HandshakeFault kind, string detail) in Words)
        {
            if (text.Contains(part, StringComparison.OrdinalIgnoreCase))
                return (kind, detail);
        }

        return Chain(fault).Any(exception => exception is IOException or System.Net.Sockets.SocketException)
            ? (HandshakeFault.Closed, "the connection was closed during the handshake")
            : (HandshakeFault.Other, fault.InnerException?.Message ?? fault.Message);
    }

    /// <summary>What an exception of a session that was set up means.</summary>
    public static string InWords(IOException fault) => Chain(fault).Any(exception => exception.Message.Contains("decrypt", StringComparison.OrdinalIgnoreCase))
        ? "a record that the server sent cannot be decrypted"
        : fault.Message.TrimEnd('.');

    // OpenSSL writes "error:0A000410:SSL routines::sslv3 alert handshake failure", and tlsv1 or tlsv13 for newer alerts.
    private static string? AlertIn(string text)
    {
        int at = text.IndexOf(AlertMark, StringComparison.Ordinal);
        int library = text.IndexOf("SSL routines::", StringComparison.Ordinal);
        if (library < 0)
            return null;
        if (at > library)
            return UpToEnd(text[(at + AlertMark.Length)..]);

        // Newer alerts have no word "alert" before them.
        string name = UpToEnd(text[(library + "SSL routines::".Length)..]);
        return name.StartsWith("tlsv1 ", StringComparison.Ordinal) ? name["tlsv1 ".Length..]
            : name.StartsWith("tlsv13 ", StringComparison.Ordinal) ? name["tlsv13 ".Length..]
            : null;
    }

    private static string UpToEnd(string text)
    {
        int end = text.IndexOfAny(['/', '\n', ':']);
        return (end < 0 ? text : text[..end]).Trim();
    }

    private static IEnumerable<Exception> Chain(Exception fault)
    {
        for (Exception? exception = fault; exception is not null; exception = exception.InnerException)
            yield return exception;
    }
}
