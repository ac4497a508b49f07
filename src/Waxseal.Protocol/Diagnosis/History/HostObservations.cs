using System.Collections.Immutable;
using System.Security.Cryptography;
using Waxseal.Protocol.Dane.Matching;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Checks.Certificates;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Protocol.Diagnosis.History;

/// <summary>What a look shows of the policy host and the MX hosts: the policy and the certificates.</summary>
internal static class HostObservations
{
    private const int MostNames = 50;

    public static IEnumerable<ObservedValue> In(CheckView view)
    {
        if (Policy(view) is { } policy)
            yield return policy;
        foreach ((string host, ImmutableArray<ReadOnlyMemory<byte>> certificates, bool isPartial) in Senders(view))
        {
            if (!certificates.IsEmpty)
                yield return new(ObservedKind.Certificates, host, ObservedText.Lines(certificates.Select(FingerprintOf))) { IsPartial = isPartial };
        }
    }

    public static IEnumerable<ObservedCertificate> Certificates(CheckView view) =>
        from sender in Senders(view)
        from certificate in sender.Certificates
        let reading = CertificateReading.Of(certificate)
        where reading is not null
        select new ObservedCertificate(
            sender.Host, FingerprintOf(certificate), KeyDigestOf(certificate), reading.NotBefore, reading.NotAfter,
            ObservedText.Shortened(reading.Issuer), [.. reading.Names.Take(MostNames).Select(ObservedText.Shortened)]);

    // Where addresses differ, what most of them serve counts. An answer without a policy shows that there is none.
    private static ObservedValue? Policy(CheckView view)
    {
        string? body = view.Policies.Where(served => served.Policy.Value is not null)
            .Select(served => ObservedText.Whole(served.Visit.Body.Span))
            .GroupBy(text => text).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
        return body is not null || view.Visits.Any(entry => entry.Visit is { Fault: null, Status: not null })
            ? new(ObservedKind.Policy, view.PolicyHost, body)
            : null;
    }

    // Certificates that were sent to whoever gave the name of the host; of each host, by whatever address and handshake.
    private static IEnumerable<(string Host, ImmutableArray<ReadOnlyMemory<byte>> Certificates, bool IsPartial)> Senders(CheckView view)
    {
        yield return Sender(view.PolicyHost, view.Facts.PolicyHost.Select(address => (address.Connection, address.Handshakes)));
        foreach (MxHostFacts host in view.Facts.MxHosts)
        {
            yield return Sender(host.Name, host.Addresses.Select(address =>
                (address.Connection, address.Sessions.Select(session => session.Handshake).OfType<HandshakeFacts>().ToImmutableArray())));
        }
    }

    private static (string Host, ImmutableArray<ReadOnlyMemory<byte>> Certificates, bool IsPartial) Sender(
        string host, IEnumerable<(ConnectionFacts Connection, ImmutableArray<HandshakeFacts> Handshakes)> addresses)
    {
        bool isPartial = false;
        Dictionary<string, ReadOnlyMemory<byte>> certificates = new(StringComparer.Ordinal);
        foreach ((ConnectionFacts connection, ImmutableArray<HandshakeFacts> handshakes) in addresses)
        {
            HandshakeFacts[] named = [.. handshakes.Where(handshake => handshake.Variant != HandshakeVariant.WithoutName && !handshake.Certificates.IsEmpty)];
            foreach (HandshakeFacts handshake in named)
                certificates[FingerprintOf(handshake.Certificates[0])] = handshake.Certificates[0];

            // No way from here is no way tomorrow either.
            isPartial |= named.Length == 0 && connection.Fault is not (ConnectionFault.NoRoute or ConnectionFault.Forbidden);
        }

        return (host, [.. certificates.Values], isPartial);
    }

    private static string FingerprintOf(ReadOnlyMemory<byte> certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.Span));

    private static string KeyDigestOf(ReadOnlyMemory<byte> certificate) =>
        CertificateParts.TryRead(certificate.Span, out CertificateParts parts) ? Convert.ToHexStringLower(SHA256.HashData(parts.PublicKey)) : "";
}
