using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Checks.Certificates;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.MtaSts;

namespace Waxseal.Protocol.Diagnosis.Checks.MxHosts;

/// <summary>Checks of STARTTLS and of the certificates of the MX hosts (layer K).</summary>
internal static class MxTlsChecks
{
    private const double SlowHandshakeMs = 10_000;

    public static IEnumerable<Detection> Find(CheckView view)
    {
        if (!view.Facts.VisitsMxHosts)
            return [];
        if (Reached(view).All(address => address.Connection.Fault == ConnectionFault.Timeout) && Reached(view).Any())
            return [new("K20", Consequence.Nothing, view.Domain, "No MX host takes a connection at port 25 from here; many networks block that port, so this proves little.") { Share = 0.3 }];

        return view.Facts.MxHosts.SelectMany(host => Find(view, host));
    }

    private static IEnumerable<MxAddressFacts> Reached(CheckView view) => view.Facts.MxHosts.SelectMany(Reached);

    private static IEnumerable<MxAddressFacts> Reached(MxHostFacts host) =>
        host.Addresses.Where(address => address.Connection.Fault is not ConnectionFault.NoRoute);

    private static IEnumerable<Detection> Find(CheckView view, MxHostFacts host)
    {
        ImmutableArray<MxAddressFacts> addresses = [.. Reached(host)];
        ImmutableArray<MxAddressFacts> closed = [.. addresses.Where(address => address.Connection.Fault is not null)];
        if (!closed.IsEmpty)
        {
            yield return new("K20", closed.Length == addresses.Length && view.Facts.MxHosts.Length == 1 ? Consequence.NoMail : Consequence.Fragile, host.Name,
                $"{string.Join("; ", closed.Select(address => $"{address.Address} port 25: {address.Connection.Detail}"))}.");
        }

        ImmutableArray<(MxAddressFacts Address, Detection Fault)> faults =
        [
            .. addresses.Except(closed).Select(address => (address, Fault: OfAddress(view, host, address)))
                .Where(entry => entry.Fault is not null).Select(entry => (entry.address, entry.Fault!)),
        ];
        foreach (Detection fault in Shared(host, [.. addresses.Except(closed)], faults).Where(fault => !IsToldElsewhere(view, host, fault)))
            yield return fault;
        foreach (Detection extra in addresses.SelectMany(address => Extras(view, host, address)).DistinctBy(extra => extra.CauseId))
            yield return extra;
    }

    // Under DANE the lack of STARTTLS is one finding (L18); and while neither an MX record nor the policy says which host it is
    // (J08), nobody knows what name the certificate is to bear.
    private static bool IsToldElsewhere(CheckView view, MxHostFacts host, Detection fault) =>
        (fault.CauseId is "K01" or "K02" or "K04" && DaneChecks.Applies(view, host))
        || (fault.CauseId == "K05" && host.IsImplicit && PolicyAndMxChecks.IsUnlisted(view, host));

    // What only IPv6 shows is a fault of the set-up for IPv6.
    private static IEnumerable<Detection> Shared(
        MxHostFacts host, ImmutableArray<MxAddressFacts> all, ImmutableArray<(MxAddressFacts Address, Detection Fault)> faults)
    {
        if (faults.IsEmpty)
            return [];

        Detection first = faults[0].Fault;
        if (faults.Length == all.Length)
            return [first];

        ImmutableArray<MxAddressFacts> well = [.. all.Except(faults.Select(entry => entry.Address))];
        bool isIpv6 = faults.All(entry => entry.Address.IsIpv6) && well.All(address => !address.IsIpv6);
        bool isCertificate = first.CauseId is not ("K01" or "K02" or "K03" or "K04");
        string causeId = isIpv6 && isCertificate ? "K14" : isCertificate ? "K10" : "K03";
        return [first with
        {
            CauseId = causeId,
            Seen = $"At {string.Join(", ", faults.Select(entry => entry.Address.Address))}: {first.Seen} At {string.Join(", ", well.Select(address => address.Address))} all is well.",
            Share = 0.85,
            Rivals = causeId == first.CauseId ? [] : [(first.CauseId, 0.1)],
            Subject = host.Name,
        }];
    }

    private static Detection? OfAddress(CheckView view, MxHostFacts host, MxAddressFacts address)
    {
        ImmutableArray<SmtpSessionFacts> usual = [.. address.Sessions.Where(session => session.Handshake is null or { Variant: HandshakeVariant.Usual })];
        ImmutableArray<Detection?> each = [.. usual.Select(session => OfSession(view, host, address, session))];
        if (each.FirstOrDefault(fault => fault is not null) is not { } first)
            return null;

        int failing = each.Count(fault => fault is not null);
        if (failing == each.Length)
            return first;
        bool isCertificate = first.CauseId is not ("K01" or "K02" or "K04");
        return first with
        {
            CauseId = isCertificate ? "K10" : "K03",
            Seen = $"In {failing} of {each.Length} sessions with {address.Address}: {first.Seen}",
            Rivals = [(first.CauseId, 0.05)],
            Share = 0.9,
        };
    }

    private static Detection? OfSession(CheckView view, MxHostFacts host, MxAddressFacts address, SmtpSessionFacts session)
    {
        Detection With(string causeId, string seen, double share = 0.95, params (string, double)[] rivals) =>
            new(causeId, Consequence.AgainstPolicy, host.Name, seen) { Share = share, Rivals = [.. rivals] };

        return session.Fault switch
        {
            not null when session.EarlyTickets > 0 => Tickets(host, session),
            null => session.Handshake is { } handshake ? OfCertificate(view, host, handshake) : null,
            SmtpFault.NoStartTls when IsMasked(session) => With("K02", $"EHLO is answered with {string.Join(", ", session.Ehlo.Skip(1).Take(6).Select(line => $"\"{line}\""))}; one of these was STARTTLS.", 0.9),
            SmtpFault.NoStartTls => With("K01", $"EHLO at {address.Address} is answered without STARTTLS.", 0.85, ("K02", 0.1)),
            SmtpFault.StartTlsRefused => With("K04", $"STARTTLS is answered with \"{session.Detail}\"."),
            SmtpFault.HandshakeFailed when session.Handshake is { } handshake => OfHandshake(host, address, handshake),
            SmtpFault.Timeout when session.Reached == SmtpStep.StartTls => With("K15", $"The handshake stalls: {session.Detail}.", 0.6, ("K22", 0.2)),
            SmtpFault.Refused => new("K20", Consequence.Fragile, host.Name, $"At {address.Address} it turns this visitor away: \"{session.Detail}\". Whether it does so to others was not seen.") { Share = 0.5 },
            _ => new("K20", Consequence.AgainstPolicy, host.Name, $"The session at {address.Address} breaks off: {session.Detail}.") { Share = 0.5, Rivals = [("K22", 0.2)] },
        };
    }

    // Inspecting firewalls overwrite the keyword with X, or the whole line.
    private static bool IsMasked(SmtpSessionFacts session) =>
        session.Ehlo.Skip(1).Any(line => line.Length >= 4 && line.All(letter => letter is 'X' or 'x' or '*'));

    private static Detection OfHandshake(MxHostFacts host, MxAddressFacts address, HandshakeFacts handshake)
    {
        bool isOutdated = address.Sessions.Any(other => other.Handshake is { Variant: HandshakeVariant.Outdated, Fault: null });
        string old = isOutdated ? " With TLS 1.1 or older it goes well." : "";
        (string causeId, double share) = CertificateFault.IsTooWeak(handshake) ? ("K19", 0.95)
            : handshake.Fault is HandshakeFault.NothingShared || isOutdated ? ("K12", 0.9)
            : handshake.Fault is HandshakeFault.Timeout ? ("K15", 0.6)
            : ("K22", 0.6);
        return new(causeId, Consequence.AgainstPolicy, host.Name, $"The handshake at {address.Address} fails: {handshake.Detail}.{old}")
        {
            Share = share,
            Rivals = causeId == "K22" ? [("K12", 0.2), ("K15", 0.1)] : [],
        };
    }

    // Without a policy nobody looks at the certificate, unless there is DANE, which looks at other things.
    private static Detection? OfCertificate(CheckView view, MxHostFacts host, HandshakeFacts handshake)
    {
        if (CertificateFault.Of(handshake, host.Name, view.Facts.GatheredAt) is not [var fault, ..])
            return null;

        (string causeId, double share, ImmutableArray<(string, double)> rivals) = fault.Kind switch
        {
            CertificateFaultKind.Expired => ("K06", 0.7, [("K11", 0.25)]),
            CertificateFaultKind.OtherName => ("K05", 0.7, [("K23", 0.15), ("K16", 0.1)]),
            CertificateFaultKind.WildcardTooShort or CertificateFaultKind.CommonNameOnly => ("K05", 0.95, (ImmutableArray<(string, double)>)[]),
            CertificateFaultKind.SelfSigned => ("K07", 0.9, [("K16", 0.05)]),
            CertificateFaultKind.UntrustedRoot => ("K07", 0.8, []),
            CertificateFaultKind.IssuerNotSent => ("K08", 0.85, [("K07", 0.1)]),
            CertificateFaultKind.IssuerUnknown => ("K08", 0.5, [("K07", 0.45)]),
            CertificateFaultKind.IssuerExpired => ("K17", 0.9, []),
            CertificateFaultKind.Weak => ("K19", 0.95, []),
            _ => ("K24", 0.9, []),
        };
        return new(causeId, LooksAtCertificate(view) ? Consequence.AgainstPolicy : Consequence.Nothing, host.Name, fault.Seen) { Share = share, Rivals = rivals };
    }

    private static bool LooksAtCertificate(CheckView view) => view.Policy is { Mode: not StsMode.None };

    private static IEnumerable<Detection> Extras(CheckView view, MxHostFacts host, MxAddressFacts address)
    {
        if (address.Sessions.FirstOrDefault(session => session is { Fault: null, Handshake.Variant: HandshakeVariant.Usual }) is not { Handshake: { } usual } good)
            yield break;

        bool isGood = CertificateFault.Of(usual, host.Name, view.Facts.GatheredAt).IsEmpty;
        if (Of(address, HandshakeVariant.Tls12) is { Fault: HandshakeFault.NothingShared or HandshakeFault.Alert or HandshakeFault.Closed } old)
            yield return new("K27", Consequence.SomeHeldBack, host.Name, $"TLS 1.3 is spoken; offered TLS 1.2 alone: {old.Detail}.");
        if (isGood && Of(address, HandshakeVariant.WithoutName) is { } bare && (bare.Fault is not null || !CertificateFault.Of(bare, host.Name, view.Facts.GatheredAt).IsEmpty))
        {
            yield return new("K09", LooksAtCertificate(view) ? Consequence.Fragile : Consequence.Nothing, host.Name, bare.Fault is null
                ? CertificateFault.Of(bare, host.Name, view.Facts.GatheredAt)[0].Seen
                : $"A handshake without server name fails: {bare.Detail}.");
        }

        if (isGood && StaleTwin(view, host, address) is { } twin)
            yield return new("K18", LooksAtCertificate(view) ? Consequence.AgainstPolicy : Consequence.Nothing, host.Name, twin);
        if (CertificateFault.DaysLeft(usual, view.Facts.GatheredAt) is { } days)
            yield return new("K25", Consequence.Fragile, host.Name, $"The certificate ends in {days} days.");
        if (good.SpeaksBeforeHandshake)
            yield return new("K26", Consequence.SomeHeldBack, host.Name, "More octets come with the reply to STARTTLS, before the handshake.");
        if (address.Sessions.FirstOrDefault(session => session is { Fault: null, EarlyTickets: > 0 }) is { } early)
            yield return Tickets(host, early);
        if (usual.ElapsedMs > SlowHandshakeMs)
            yield return new("K15", Consequence.AgainstPolicy, host.Name, $"The handshake takes {usual.ElapsedMs / 1000:0.0} s.");
    }

    // RFC 8446 §4.6.1 lets a server send them once it has the client's Finished; to send them before is an old habit of Go's crypto/tls.
    private static Detection Tickets(MxHostFacts host, SmtpSessionFacts session) =>
        new("K13", Consequence.SomeHeldBack, host.Name,
            $"{(session.EarlyTickets == 1 ? "A record with a session ticket comes" : $"{session.EarlyTickets} records with session tickets come")} right behind the server's part of the "
            + $"TLS 1.3 handshake, without waiting for the client's.{(session.Fault is null ? "" : $" After that the session ends: {session.Detail}.")}")
        {
            Share = 0.8,
            Rivals = session.Fault is null ? [] : [("K22", 0.1)],

            // The lines to paste are for Postfix, which waits for the client.
            Fix = session.Banner?.Contains("Postfix", StringComparison.OrdinalIgnoreCase) == true ? null
                : "Update the mail server. Until that helps, have it send no session tickets in TLS 1.3, or as a work-around turn TLS 1.3 off; in programs in Go the first is SessionTicketsDisabled.",
            Note = "Microsoft's client was seen to break off there from October 2024 on; whether it still does shows in its reports alone.",
        };

    private static string? StaleTwin(CheckView view, MxHostFacts host, MxAddressFacts address)
    {
        foreach (HandshakeVariant variant in new[] { HandshakeVariant.RsaOnly, HandshakeVariant.EcdsaOnly })
        {
            if (Of(address, variant) is { Fault: null } twin && CertificateFault.Of(twin, host.Name, view.Facts.GatheredAt) is [var fault, ..])
                return $"The {(variant == HandshakeVariant.RsaOnly ? "RSA" : "ECDSA")} certificate does not hold. {fault.Seen}";
        }

        return null;
    }

    private static HandshakeFacts? Of(MxAddressFacts address, HandshakeVariant variant) =>
        address.Sessions.Select(session => session.Handshake).FirstOrDefault(handshake => handshake?.Variant == variant);
}
