using System.Collections.Immutable;
using System.Security.Cryptography;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Dane.Matching;
using Waxseal.Protocol.Diagnosis.Checks.Certificates;
using Waxseal.Protocol.Diagnosis.Checks.Dns;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Diagnosis.Checks.MxHosts;

/// <summary>Checks of DANE: the TLSA records of each MX host, held against what it sends (layer L).</summary>
internal static class DaneChecks
{
    private static readonly byte[] DigestOfNothing = SHA256.HashData([]);

    public static IEnumerable<Detection> Find(CheckView view)
    {
        ImmutableArray<(MxHostFacts Host, Detection Fault)> mismatches =
        [
            .. view.Facts.MxHosts.Select(host => (host, Fault: Mismatch(view, host))).Where(entry => entry.Fault is not null).Select(entry => (entry.host, entry.Fault!)),
        ];
        return view.Facts.MxHosts.SelectMany(host => OfDns(view, host).Concat(OfRecords(view, host)))
            .Concat(OneOfSeveral(view, mismatches))
            .Concat(Misplaced(view));
    }

    /// <summary>The look-ups of TLSA records for an MX host: at the end of its aliases and at its own name (RFC 7672 §2.2.3).</summary>
    internal static IEnumerable<LookupFacts> Lookups(CheckView view, MxHostFacts host) =>
        view.Answer(host.Name, "A").Aliases.TakeLast(1).Append(host.Name)
            .Select(name => view.Facts.Lookup($"_25._tcp.{name}", "TLSA"))
            .OfType<LookupFacts>();

    /// <summary>The TLSA records of an MX host, with the look-up that found them; null when there are none.</summary>
    // RFC 7672 §2.2.3: the first name with secure records is the TLSA base domain.
    internal static (LookupFacts Lookup, ImmutableArray<TlsaRecord> Records)? Published(CheckView view, MxHostFacts host)
    {
        LookupFacts? lookup = Lookups(view, host).FirstOrDefault(lookup => lookup.Answer.Outcome == DnsOutcome.Found);
        return lookup is null ? null : (lookup, RecordsOf(lookup.Answer));
    }

    /// <summary>Whether an MX host has TLSA records that count, as far as the zone was seen to be signed.</summary>
    internal static bool Applies(CheckView view, MxHostFacts host) =>
        Published(view, host) is ({ Name: var name }, { IsEmpty: false }) && view.ZoneOf(name)?.IsSigned != false;

    private static IEnumerable<Detection> OfDns(CheckView view, MxHostFacts host)
    {
        foreach (LookupFacts lookup in Lookups(view, host))
        {
            bool isExpected = view.ZoneOf(host.Name)?.IsSigned != false;
            // Where the whole zone is bogus, that is the finding.
            if (lookup.IsBogus && view.Facts.Lookup(host.Name, "A") is { IsBogus: true })
                continue;
            if (lookup.Answer.Outcome == DnsOutcome.Failed && isExpected)
                yield return Failing(view, host, lookup);
            else if (SomeServersFail(lookup) is { } seen && isExpected)
                yield return Unanswered(host, lookup, seen) with { Consequence = Consequence.SomeHeldBack };
        }

        if (Published(view, host) is { Lookup: var found } && DeniedBetween(view, host, found) is { } denied)
            yield return denied;
    }

    private static Detection Failing(CheckView view, MxHostFacts host, LookupFacts lookup)
    {
        string seen = $"The TLSA question for {lookup.Name} fails: {lookup.Answer.Reason}.";
        if (!lookup.IsBogus)
        {
            string servers = string.Join("; ", lookup.Servers.Where(server => server.Answer.Outcome == DnsOutcome.Failed).Take(4)
                .Select(server => $"{server.Server} ({server.Address}): {server.Answer.Reason}"));
            return Unanswered(host, lookup, $"{seen}{(servers.Length > 0 ? $" {servers}." : "")}");
        }

        string? known = DnssecChecks.CauseOf(view, [lookup]);
        string causeId = known ?? (lookup.Unchecked!.Outcome == DnsOutcome.Found ? "L14" : "L11");
        return new(causeId, Consequence.HeldBackByDane, host.Name,
            $"{seen} Told not to validate, the resolver answers.{DnssecChecks.Why(view, [lookup])}")
        {
            Share = known is null ? 0.6 : 0.95,
            Rivals = known is null ? [("L13", 0.2)] : [],
        };
    }

    // RFC 7766 §5: what does not fit into UDP has to be given over TCP.
    private static Detection Unanswered(MxHostFacts host, LookupFacts lookup, string seen) => lookup.Servers.Any(DnssecChecks.DoesNotFit)
        ? new("L24", Consequence.HeldBackByDane, host.Name, seen)
        : new("L10", Consequence.HeldBackByDane, host.Name, seen) { Share = 0.9 };

    private static string? SomeServersFail(LookupFacts lookup)
    {
        ImmutableArray<ServerAnswerFacts> failing = [.. lookup.Servers.Where(server => server.Answer is { Outcome: DnsOutcome.Failed, Fault: not "no-route" })];
        return failing.IsEmpty || failing.Length == lookup.Servers.Length
            ? null
            : $"TLSA of {lookup.Name}: {string.Join("; ", failing.Take(4).Select(server => $"{server.Server} ({server.Address}): {server.Answer.Reason}"))}; the other name servers answer.";
    }

    // RFC 8020 §2: a name with records below it exists.
    private static Detection? DeniedBetween(CheckView view, MxHostFacts host, LookupFacts tlsa)
    {
        string between = tlsa.Name["_25.".Length..];
        LookupFacts? lookup = view.Facts.Lookup(between, "TLSA");
        ServerAnswerFacts? denying = lookup?.Servers.FirstOrDefault(server => server.Answer.Outcome == DnsOutcome.NoName);
        return lookup?.Answer.Outcome == DnsOutcome.NoName || denying is not null
            ? new("C13", Consequence.WithoutDane, host.Name, $"{denying?.Server ?? "The resolver"} says that {between} does not exist, although {tlsa.Name} has records.")
            : null;
    }

    private static IEnumerable<Detection> OfRecords(CheckView view, MxHostFacts host)
    {
        if (Published(view, host) is not (var lookup, var records) || records.IsEmpty)
            yield break;

        if (view.ZoneOf(lookup.Name)?.IsSigned == false)
        {
            yield return Unsigned(view, host, lookup, records.Length);
            yield break;
        }

        // RFC 7672 §2.2.1: insecure MX records vouch for no host.
        if (view.ZoneOf(view.Domain)?.IsSigned == false && host.Name != view.Domain)
            yield return new("L09", Consequence.WithoutDane, view.Domain, $"TLSA records of {host.Name} are signed, and {view.Domain} is not, so its MX records prove nothing.");
        if (Defective(host, records) is { } defective)
            yield return defective with { Paste = Fitting(lookup.Name, host) };
        if (records.All(record => record.Selector == TlsaSelector.Cert && record.Usage == TlsaUsage.DaneEe))
            yield return new("L06", Consequence.Fragile, host.Name, $"All of its TLSA records ({records[0].Usage:D} 0 {records[0].MatchingType:D}) name the whole certificate.") { Paste = Fitting(lookup.Name, host) };
        if (NoStartTls(host))
        {
            // RFC 8461 §5: those that apply MTA-STS do not go on without TLS either.
            yield return new("L18", Consequence.HeldBackByDane, host.Name, $"There are TLSA records at {lookup.Name}, and EHLO is answered without STARTTLS.")
            {
                Note = view.Policy?.Mode == MtaSts.StsMode.Enforce ? "So do senders that apply MTA-STS: the policy is in mode enforce." : null,
            };
        }

        if (Expired(view, host, records) is { } expired)
            yield return expired;
    }

    // A zone that signs its own SOA record was meant to be signed; without DS record it is as if it were not (RFC 4035 §4.3).
    private static Detection Unsigned(CheckView view, MxHostFacts host, LookupFacts lookup, int count) => view.ZoneOf(lookup.Name) is { } zone && zone.Servers.Any(server => server.Signature is not null)
        ? new("L15", Consequence.WithoutDane, host.Name, $"{Records(count)} at {lookup.Name}, and the zone {zone.Name} has signatures, but its parent has no DS record for it.") { Share = 0.8, Rivals = [("L08", 0.15)] }
        : new("L08", Consequence.WithoutDane, host.Name, $"{Records(count)} at {lookup.Name}, and the zone is not signed.");

    private static string Records(int count) => count == 1 ? "There is a TLSA record" : $"There are {count} TLSA records";

    private static Detection? Defective(MxHostFacts host, ImmutableArray<TlsaRecord> records)
    {
        ImmutableArray<(TlsaRecord Record, TlsaDefect Defect)> defects =
            [.. records.Select(record => (record, Defect: TlsaUsability.DefectOf(record, DigestOrder.Default))).Where(entry => entry.Defect is not null).Select(entry => (entry.record, entry.Defect!.Value))];
        if (defects.IsEmpty)
            return null;

        string causeId = defects[0].Defect switch
        {
            TlsaDefect.PkixUsage => "L05",
            TlsaDefect.UnknownUsage => "L25",
            TlsaDefect.UnknownSelector => "L26",
            TlsaDefect.UnknownMatchingType => "L27",
            _ => "L28",
        };
        bool isAll = defects.Length == records.Length;
        return new(isAll ? causeId : "L07", isAll ? Consequence.WithoutDane : Consequence.Nothing, host.Name, $"The record \"{defects[0].Record}\" cannot be used.")
        {
            Rivals = isAll ? [] : [(causeId, 0.04)],
        };
    }

    private static bool NoStartTls(MxHostFacts host) =>
        host.Addresses.Any(address => address.Sessions.Any(session => session.Fault is SmtpFault.NoStartTls or SmtpFault.StartTlsRefused));

    // RFC 7672 §3.1.1: with usage 3 the dates of the certificate do not count; Microsoft counts them.
    private static Detection? Expired(CheckView view, MxHostFacts host, ImmutableArray<TlsaRecord> records) =>
        records.Any(record => record.Usage == TlsaUsage.DaneEe)
        && Handshakes(host).FirstOrDefault(handshake => CertificateFault.Of(handshake, host.Name, view.Facts.GatheredAt) is [{ Kind: CertificateFaultKind.Expired }, ..]) is { } handshake
            ? new("L19", Consequence.SomeHeldBack, host.Name, CertificateFault.Of(handshake, host.Name, view.Facts.GatheredAt)[0].Seen)
            : null;

    /// <summary>The handshakes in which an MX host, asked by its name, sent a certificate.</summary>
    internal static IEnumerable<HandshakeFacts> Handshakes(MxHostFacts host) => host.Addresses
        .SelectMany(address => address.Sessions)
        .Select(session => session.Handshake)
        .OfType<HandshakeFacts>()
        .Where(handshake => handshake.Fault is null && handshake.Variant != HandshakeVariant.WithoutName && !handshake.Certificates.IsEmpty);

    /// <summary>The names of which a certificate has to bear one under usage 2.</summary>
    // RFC 7672 §3.2.2: the TLSA base domain, and the next-hop domain.
    internal static ImmutableArray<DomainName> ReferenceIds(CheckView view, LookupFacts lookup) =>
    [
        .. new[] { lookup.Name["_25._tcp.".Length..], view.Domain }
            .Select(name => DomainName.TryParse(name, out DomainName? parsed, out _) ? parsed : null).OfType<DomainName>(),
    ];

    private static Detection? Mismatch(CheckView view, MxHostFacts host)
    {
        if (Published(view, host) is not (var lookup, { IsEmpty: false } records) || view.ZoneOf(lookup.Name)?.IsSigned == false)
            return null;

        ImmutableArray<DomainName> names = ReferenceIds(view, lookup);
        ImmutableArray<(HandshakeFacts Handshake, TlsaMatch Match)> matches =
        [
            .. Handshakes(host).DistinctBy(handshake => Convert.ToHexString(SHA256.HashData(handshake.Certificates[0].Span)))
                .Select(handshake => (handshake, TlsaMatcher.Match([.. handshake.Certificates], records, names, view.Facts.GatheredAt, DigestOrder.Default))),
        ];
        if (matches.FirstOrDefault(match => match.Match is TlsaMatch.NotMatched) is not { Match: TlsaMatch.NotMatched failed } first)
            return null;

        if (Newer(view, lookup, first.Handshake, names) is { } newer)
        {
            string until = lookup.Answer.Ttl is { } ttl && ttl < 100 * 86_400 ? $"until {Phrase.Time(view.Facts.GatheredAt.AddSeconds(ttl))}" : "until the older records have left all caches";
            return new("L16", Consequence.HeldBackByDane, host.Name, newer)
            {
                Share = 0.9,
                Fix = $"Put the certificate of the old key back {until}, where you still have it. Next time publish the record, wait two TTLs, then switch.",
            };
        }

        bool isSome = matches.Any(match => match.Match is TlsaMatch.Matched);
        (string causeId, double share, ImmutableArray<(string, double)> rivals) = CauseOf(failed, records, isSome, [.. matches.Select(match => match.Handshake)]);
        return new(causeId, Consequence.HeldBackByDane, host.Name,
            $"Its {(causeId == "L17" ? $"{CertificateReading.Of(first.Handshake.Certificates[0])?.KeyKind} " : "")}certificate{(isSome && causeId != "L17" ? ", of several," : "")} {(records.Length == 1 ? "does not fit the TLSA record" : $"fits none of the {records.Length} TLSA records")} at {lookup.Name}"
            + $"{Named(first.Handshake)}.")
        {
            Share = share,
            Rivals = rivals,
            Paste = $"{lookup.Name}. 3600 IN TLSA {Right(first.Handshake)}",
        };
    }

    // RFC 7671 §8.1: both records, old and new, have to stand until the old answer has left all caches.
    private static string? Newer(CheckView view, LookupFacts lookup, HandshakeFacts handshake, ImmutableArray<DomainName> names) =>
        CacheChecks.NewerAnswer(lookup) is { } newer
        && TlsaMatcher.Match([.. handshake.Certificates], RecordsOf(newer), names, view.Facts.GatheredAt, DigestOrder.Default) is TlsaMatch.Matched
            ? $"The name servers of {lookup.Name} have records that fit its certificate, and the resolver still holds older ones that do not. It holds those {CacheChecks.Until(view, lookup.Answer.Ttl)}."
            : null;

    private static ImmutableArray<TlsaRecord> RecordsOf(DnsAnswerFacts answer) =>
        [.. answer.Records.Select(record => TlsaRecord.TryParse(record.Data.Span, out TlsaRecord? tlsa) ? tlsa : null).OfType<TlsaRecord>()];

    private static (string, double, ImmutableArray<(string, double)>) CauseOf(
        TlsaMatch.NotMatched failed, ImmutableArray<TlsaRecord> records, bool isSome, ImmutableArray<HandshakeFacts> handshakes)
    {
        TlsaMismatchReason nearest = failed.Mismatches.Max(mismatch => mismatch.Reason);
        if (records.Any(record => record.AssociationData.AsSpan().SequenceEqual(DigestOfNothing)))
            return ("L02", 0.95, []);
        if (nearest == TlsaMismatchReason.NameMismatch)
            return ("L20", 0.95, []);
        if (isSome && handshakes.Select(handshake => CertificateReading.Of(handshake.Certificates[0])?.KeyKind).Distinct().Count() > 1)
            return ("L17", 0.9, []);
        if (records.All(record => record.Usage == TlsaUsage.DaneTa))
            return ("L04", 0.85, [("L01", 0.1)]);
        return records.All(record => record.Selector == TlsaSelector.Cert) ? ("L01", 0.5, [("L06", 0.4), ("L16", 0.05)]) : ("L01", 0.8, [("L16", 0.1)]);
    }

    private static string Named(HandshakeFacts handshake) =>
        CertificateReading.Of(handshake.Certificates[0]) is { } leaf ? $" (it is valid from {leaf.NotBefore:yyyy-MM-dd})" : "";

    // 3 1 1 lives on where the key is kept at renewal (RFC 7671 §5.1).
    private static string Right(HandshakeFacts handshake)
    {
        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(handshake.Certificates[0].Span);
        return $"3 1 1 {Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()))}";
    }

    // RFC 7671 §8.1: a record for each key in use. Null where no certificate was seen.
    private static string? Fitting(string name, MxHostFacts host) =>
        string.Join('\n', Handshakes(host).Select(Right).Distinct().Select(right => $"{name}. 3600 IN TLSA {right}")) is { Length: > 0 } lines ? lines : null;

    // One stale host among several is a slip of that host.
    private static IEnumerable<Detection> OneOfSeveral(CheckView view, ImmutableArray<(MxHostFacts Host, Detection Fault)> mismatches)
    {
        int withRecords = view.Facts.MxHosts.Count(host => Published(view, host) is not null);
        return mismatches.Select(entry => withRecords > mismatches.Length && entry.Fault.CauseId == "L01"
            ? entry.Fault with { CauseId = "L21", Rivals = [("L01", 0.1)] }
            : entry.Fault);
    }

    private static IEnumerable<Detection> Misplaced(CheckView view) =>
        view.Facts.MxHosts.All(host => host.Name != view.Domain && Published(view, host) is null)
        && view.Facts.Lookup($"_25._tcp.{view.Domain}", "TLSA") is { Answer.Outcome: DnsOutcome.Found } stray
            ? [new("L03", Consequence.WithoutDane, view.Domain, $"There are TLSA records at {stray.Name}, and none at the MX hosts.")
            {
                // RFC 7672 §2.2.3: the TLSA base domain is the name of the MX host.
                Paste = string.Join('\n', view.Facts.MxHosts.Select(host => Fitting($"_25._tcp.{host.Name}", host)).OfType<string>()) is { Length: > 0 } lines ? lines : null,
            }]
            : [];
}
