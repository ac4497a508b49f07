using System.Globalization;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>What is wrong with the owner name of a TLSA record, as a warning, and how it should be.</summary>
/// <param name="Code">The code of the problem.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Correction">The right name, or null where only the author can know it.</param>
internal sealed record OwnerName(string Code, string Message, string? Correction)
{
    // RFC 6698 §3: "_" port, "_" transport, then the name of the TLS server.
    public static OwnerName? FaultOf(string owner)
    {
        string[] labels = owner.Split('.');
        (string port, string transport) = (labels[0].TrimStart('_'), labels.Length > 1 ? labels[1].TrimStart('_') : "");
        if (IsTransport(port) && IsPort(transport))
            (port, transport) = (transport, port);

        if (!IsPort(port) || !IsTransport(transport))
            return WithoutService(owner, labels);
        return Malformed(owner, labels, port) ?? OtherService(port, transport);
    }

    // RFC 7672 §3.1.2: records may also stand at a name of any form that an alias leads to; "_dane" is customary there.
    private static OwnerName? WithoutService(string owner, string[] labels) =>
        labels[0] == "*" || labels.Contains("_dane", StringComparer.OrdinalIgnoreCase)
            ? null
            : new OwnerName(
                "tlsa-owner-no-service",
                "Senders look for TLSA records at _25._tcp.<MX host>. Put the service before the name of the MX host.",
                labels[0].StartsWith('_') ? null : $"_25._tcp.{owner}");

    private static OwnerName? Malformed(string owner, string[] labels, string port)
    {
        string number = port.TrimStart('0');
        string right = string.Join('.', [$"_{number}", "_tcp", .. labels[2..]]);
        bool isRight = labels[0] == $"_{number}" && labels[1].StartsWith('_') && IsTransport(labels[1][1..]);
        return isRight
            ? null
            : new OwnerName(
                "tlsa-owner-malformed",
                $"No sender asks for {Shown(owner)}. First comes the port, then the transport, each after an underscore.",
                right);
    }

    // RFC 7672 §2.2.3: mail between servers is on port 25 of TCP unless an administrator configures another port.
    private static OwnerName? OtherService(string port, string transport) =>
        port == "25" && transport.Equals("tcp", StringComparison.OrdinalIgnoreCase)
            ? null
            : new OwnerName(
                "tlsa-owner-other-service",
                "This record is not for mail between servers, which looks for TLSA records at _25._tcp.<MX host>.",
                null);

    private static bool IsTransport(string label) =>
        label.Equals("tcp", StringComparison.OrdinalIgnoreCase)
        || label.Equals("udp", StringComparison.OrdinalIgnoreCase)
        || label.Equals("sctp", StringComparison.OrdinalIgnoreCase);

    private static bool IsPort(string label) =>
        ushort.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0;

    private static string Shown(string owner) => owner.Length > 100 ? $"{owner[..100]}…" : owner;
}
