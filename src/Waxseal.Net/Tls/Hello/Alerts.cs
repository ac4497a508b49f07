using System.Globalization;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tls.Hello;

/// <summary>The alerts of TLS (RFC 5246 §7.2, RFC 8446 §6).</summary>
internal static class Alerts
{
    public const byte CloseNotify = 0;
    public const byte Warning = 1;

    /// <summary>Two records: the client has seen enough, and closes (RFC 5246 §7.2.2).</summary>
    public static ReadOnlyMemory<byte> Farewell { get; } = new byte[] { 21, 3, 3, 0, 2, Warning, 90, 21, 3, 3, 0, 2, Warning, CloseNotify };

    /// <summary>The name of an alert, with blanks.</summary>
    public static string NameOf(byte description) => description switch
    {
        10 => "unexpected message",
        20 => "bad record mac",
        22 => "record overflow",
        40 => "handshake failure",
        42 => "bad certificate",
        43 => "unsupported certificate",
        44 => "certificate revoked",
        45 => "certificate expired",
        46 => "certificate unknown",
        47 => "illegal parameter",
        48 => "unknown ca",
        49 => "access denied",
        50 => "decode error",
        51 => "decrypt error",
        70 => "protocol version",
        71 => "insufficient security",
        80 => "internal error",
        86 => "inappropriate fallback",
        90 => "user canceled",
        109 => "missing extension",
        110 => "unsupported extension",
        112 => "unrecognized name",
        113 => "bad certificate status response",
        115 => "unknown psk identity",
        116 => "certificate required",
        120 => "no application protocol",
        _ => description.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What an alert that ends the handshake means.</summary>
    public static HandshakeFault FaultOf(byte description) => description is 40 or 70 or 71 ? HandshakeFault.NothingShared : HandshakeFault.Alert;
}
