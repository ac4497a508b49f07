using Waxseal.Protocol.Names;

namespace Waxseal.Net.Smtp;

/// <summary>The name this machine gives with EHLO.</summary>
internal static class EhloNames
{
    /// <summary>The name of this machine when it is one for SMTP, else an address literal (RFC 5321 §4.1.3).</summary>
    public static string OfThisMachine { get; } =
        DomainName.TryParseALabels(System.Net.Dns.GetHostName().ToLowerInvariant(), out DomainName? name, out _) ? name.Value : "[127.0.0.1]";
}
