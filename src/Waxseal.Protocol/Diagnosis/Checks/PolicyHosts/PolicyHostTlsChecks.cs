using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Checks.Certificates;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Protocol.Diagnosis.Checks.PolicyHosts;

/// <summary>Checks of TLS at the policy host and of its certificate (layers E and F).</summary>
internal static class PolicyHostTlsChecks
{
    public static IEnumerable<Detection> Find(CheckView view)
    {
        ImmutableArray<PolicyHostAddressFacts> all = [.. view.Facts.PolicyHost.Where(address => address.Handshake(HandshakeVariant.Usual) is not null)];
        ImmutableArray<(PolicyHostAddressFacts Address, Detection Fault)> faults =
            [.. all.Select(address => (address, Fault: FaultOf(view, address))).Where(entry => entry.Fault is not null).Select(entry => (entry.address, entry.Fault!))];
        return Shared(view, all, faults).Concat(Extras(view, all));
    }

    // What ails every address is one finding; what ails some of them is one about the difference.
    private static IEnumerable<Detection> Shared(
        CheckView view, ImmutableArray<PolicyHostAddressFacts> all, ImmutableArray<(PolicyHostAddressFacts Address, Detection Fault)> faults)
    {
        if (faults.IsEmpty)
            yield break;

        Detection first = faults[0].Fault;
        if (faults.Length == all.Length)
        {
            yield return first;
            yield break;
        }

        string where = string.Join(", ", faults.Select(entry => entry.Address.Address));
        string others = string.Join(", ", all.Except(faults.Select(entry => entry.Address)).Select(address => address.Address));
        bool isIpv6 = faults.All(entry => entry.Address.IsIpv6) && all.All(address => address.IsIpv6 == faults.Any(entry => entry.Address == address));
        bool isCertificate = first.CauseId[0] == 'F';
        string causeId = isIpv6 ? first.CauseId is "D11" ? "D02" : "G14" : isCertificate ? "F12" : first.CauseId;
        yield return first with
        {
            CauseId = causeId,
            Consequence = Consequence.SomeUnprotected,
            Seen = $"At {where}: {first.Seen} At {others} all is well.",
            Share = 0.85,
            Rivals = causeId == first.CauseId ? [] : [(first.CauseId, 0.1)],
        };
    }

    private static Detection? FaultOf(CheckView view, PolicyHostAddressFacts address)
    {
        HandshakeFacts usual = address.Handshake(HandshakeVariant.Usual)!;
        if (usual.Fault is { } fault)
            return OfHandshake(view, address, usual, fault);

        return CertificateFault.Of(usual, view.PolicyHost, view.Facts.GatheredAt) is [var worst, ..] ? OfCertificate(view, worst) : null;
    }

    private static Detection OfHandshake(CheckView view, PolicyHostAddressFacts address, HandshakeFacts usual, HandshakeFault fault)
    {
        string seen = $"The handshake fails: {usual.Detail}.";
        Detection With(string causeId, double share, params (string, double)[] rivals) =>
            new(causeId, Consequence.AllUnprotected, view.PolicyHost, seen) { Share = share, Rivals = [.. rivals] };

        // RFC 6066 §3: unrecognized_name.
        if (usual.Detail?.Contains("unrecognized name", StringComparison.Ordinal) == true)
            return With("E04", 0.95);

        // RFC 7301 §3.2: no_application_protocol; HTTP/1.1 was offered.
        if (usual.Detail?.Contains("application protocol", StringComparison.Ordinal) == true)
            return With("E07", 0.95);
        return fault switch
        {
            HandshakeFault.NothingShared when CertificateFault.IsTooWeak(usual) => With("E08", 0.95),
            HandshakeFault.NothingShared when address.Handshake(HandshakeVariant.Outdated) is { Fault: null } old =>
                With("E01", 0.95) with { Seen = $"{seen} With {old.Version} it goes well." },
            HandshakeFault.NothingShared when usual.Detail?.Contains("version", StringComparison.Ordinal) == true => With("E01", 0.7, ("E03", 0.2)),
            HandshakeFault.NothingShared => With("E03", 0.6, ("E01", 0.2), ("E04", 0.1)),
            HandshakeFault.NotTls => With("E13", 0.95),
            HandshakeFault.Timeout => With("D11", 0.5, ("E11", 0.3), ("D08", 0.1)),
            HandshakeFault.Closed when address.Handshake(HandshakeVariant.Tls12) is { Fault: null } => With("E11", 0.5, ("E09", 0.3), ("E12", 0.1)),
            HandshakeFault.Closed => With("E11", 0.6, ("E04", 0.2), ("E12", 0.1)),
            HandshakeFault.Alert when usual.AsksForCertificate => With("E06", 0.8, ("E03", 0.1)),
            _ => With("E03", 0.4, ("E04", 0.3), ("E11", 0.2)),
        };
    }

    private static Detection OfCertificate(CheckView view, CertificateFault fault)
    {
        (string causeId, double share, ImmutableArray<(string, double)> rivals) = fault.Kind switch
        {
            CertificateFaultKind.Expired => ("F02", 0.95, (ImmutableArray<(string, double)>)[]),
            CertificateFaultKind.NotYetValid => ("F11", 0.9, [("C06", 0.05)]),
            CertificateFaultKind.OtherName => ("F01", 0.95, []),
            CertificateFaultKind.WildcardTooShort => ("F08", 0.95, []),
            CertificateFaultKind.CommonNameOnly => ("F09", 0.95, []),
            CertificateFaultKind.SelfSigned => ("F03", 0.95, []),
            CertificateFaultKind.IssuerNotSent => ("F04", 0.8, [("F03", 0.1), ("F06", 0.05)]),
            CertificateFaultKind.IssuerUnknown => ("F04", 0.45, [("F03", 0.3), ("F06", 0.2)]),
            CertificateFaultKind.IssuerExpired => ("F05", 0.9, []),
            CertificateFaultKind.OriginCertificate => ("F15", 0.95, []),
            CertificateFaultKind.Weak => ("E08", 0.95, []),
            CertificateFaultKind.UntrustedRoot => ("F03", 0.7, [("F06", 0.25)]),
            _ => ("F16", 0.9, []),
        };
        Consequence consequence = fault.Kind is CertificateFaultKind.Weak ? Consequence.SomeUnprotected : Consequence.AllUnprotected;
        return new(causeId, consequence, view.PolicyHost, fault.Seen) { Share = share, Rivals = rivals };
    }

    private static IEnumerable<Detection> Extras(CheckView view, ImmutableArray<PolicyHostAddressFacts> all)
    {
        ImmutableArray<PolicyHostAddressFacts> well = [.. all.Where(address => address.Handshake(HandshakeVariant.Usual)!.Fault is null)];
        if (well.IsEmpty)
            yield break;

        HandshakeFacts usual = well[0].Handshake(HandshakeVariant.Usual)!;
        CertificateReading? leaf = usual.Certificates is [var first, ..] ? CertificateReading.Of(first) : null;
        if (well.FirstOrDefault(address => address.Handshake(HandshakeVariant.Tls12) is { Fault: HandshakeFault.NothingShared or HandshakeFault.Alert or HandshakeFault.Closed }) is { } modern)
            yield return new("E02", Consequence.SomeUnprotected, view.PolicyHost, $"At {modern.Address} TLS 1.3 is spoken; offered TLS 1.2 alone: {modern.Handshake(HandshakeVariant.Tls12)!.Detail}.");
        if (well.Any(address => address.Handshake(HandshakeVariant.Usual)!.AsksForCertificate))
            yield return new("E06", Consequence.Nothing, view.PolicyHost, "It asks for a client certificate during the handshake, which no sender has.");
        if (CertificateFault.DaysLeft(usual, view.Facts.GatheredAt) is { } days)
            yield return new("F17", Consequence.Fragile, view.PolicyHost, $"The certificate ends in {days} days, on {leaf!.NotAfter:yyyy-MM-dd}.");
        if (leaf?.DemandsStaple == true)
            yield return new("E10", Consequence.Nothing, view.PolicyHost, "The certificate has the extension for it; whether the answer is stapled was not seen.");
        if (well.Where(address => address.Handshakes.Any(handshake => handshake is { Version: "TLS 1.2", Fault: null }))
            .Select(address => (address.Address, Large: address.Handshake(HandshakeVariant.LargeHello)))
            .FirstOrDefault(entry => entry.Large is { Fault: HandshakeFault.Closed or HandshakeFault.Timeout }) is { Large: { } large } cut)
        {
            yield return new("E09", Consequence.SomeUnprotected, view.PolicyHost,
                $"At {cut.Address} a handshake that begins with a message of more than 1,500 octets fails: {large.Detail}. With a shorter one it goes well.")
            { Share = 0.9 };
        }

        if (WithoutName(view, well) is { } withoutName)
            yield return withoutName;
        foreach (Detection issuers in CaaChecks.Find(view, leaf))
            yield return issuers;
    }

    private static Detection? WithoutName(CheckView view, ImmutableArray<PolicyHostAddressFacts> well)
    {
        PolicyHostAddressFacts? other = well.FirstOrDefault(address =>
            CertificateFault.Of(address.Handshake(HandshakeVariant.Usual)!, view.PolicyHost, view.Facts.GatheredAt).IsEmpty
            && address.Handshake(HandshakeVariant.WithoutName) is { } bare
            && (bare.Fault is not null and not HandshakeFault.Timeout || !CertificateFault.Of(bare, view.PolicyHost, view.Facts.GatheredAt).IsEmpty));
        return other is null
            ? null
            : new("E05", Consequence.Nothing, view.PolicyHost, other.Handshake(HandshakeVariant.WithoutName) is { Fault: null } bare
                ? CertificateFault.Of(bare, view.PolicyHost, view.Facts.GatheredAt)[0].Seen
                : $"A handshake without server name fails: {other.Handshake(HandshakeVariant.WithoutName)!.Detail}.");
    }
}
