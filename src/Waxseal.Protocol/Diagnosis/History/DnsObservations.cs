using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Checks.Dns;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Protocol.Diagnosis.History;

/// <summary>What a look shows of records and zones. What could not be told is left out, so that it passes for no change.</summary>
internal static class DnsObservations
{
    private const string TlsaPrefix = "_25._tcp.";
    private static readonly string[] AddressTypes = ["A", "AAAA"];

    public static IEnumerable<ObservedValue> In(CheckView view)
    {
        IEnumerable<ObservedValue?> records =
        [
            Records(view, ObservedKind.StsRecord, view.StsName, "TXT", TextOf),
            Records(view, ObservedKind.TlsRptRecord, view.TlsRptName, "TXT", TextOf),
            Records(view, ObservedKind.Mx, view.Domain, "MX", MxOf),
            Addresses(view, view.PolicyHost),
            .. view.Facts.MxHosts.Select(host => Addresses(view, host.Name)),
            .. view.Facts.Lookups.Where(lookup => IsTlsa(view, lookup)).Select(lookup => Records(view, ObservedKind.Tlsa, lookup.Name, "TLSA", TlsaOf)),
        ];
        return records.OfType<ObservedValue>().Concat(Ttls(view)).Concat(Zones(view));
    }

    // At the policy domain itself it is asked for whether somebody put the records there by mistake.
    private static bool IsTlsa(CheckView view, LookupFacts lookup) => lookup.Type == "TLSA" && lookup.Name.StartsWith(TlsaPrefix, StringComparison.Ordinal)
        && (lookup.Name.Length != TlsaPrefix.Length + view.Domain.Length || view.Facts.MxHosts.Any(host => host.Name == view.Domain));

    private static ObservedValue? Records(CheckView view, ObservedKind kind, string name, string type, Func<DnsRecordFacts, string?> read)
    {
        if (view.Facts.Lookup(name, type) is not { } lookup || Published(lookup) is not { Outcome: not (DnsOutcome.Failed or DnsOutcome.Referred) } answer)
            return null;
        return new(kind, name, ObservedText.Lines(answer.Records.Select(read)));
    }

    // One of the two questions may fail while the other is answered.
    private static ObservedValue? Addresses(CheckView view, string host)
    {
        DnsAnswerFacts[] answers =
        [
            .. AddressTypes.Select(type => view.Facts.Lookup(host, type)).OfType<LookupFacts>().Select(Published)
                .Where(answer => answer.Outcome is not (DnsOutcome.Failed or DnsOutcome.Referred)),
        ];
        string? addresses = ObservedText.Lines(answers.SelectMany(answer => answer.Records).Select(record => RecordWire.Address(record)?.ToString()));
        return answers.Length == 0 || (answers.Length == 1 && addresses is null) ? null : new(ObservedKind.Addresses, host, addresses) { IsPartial = answers.Length == 1 };
    }

    // What all name servers say is published; what the resolver says may be older, and is all there is where they were not asked.
    private static DnsAnswerFacts Published(LookupFacts lookup)
    {
        ImmutableArray<ServerAnswerFacts> speaking = CacheChecks.Speaking(lookup);
        return !speaking.IsEmpty && speaking.All(server => server.Answer.Aliases.IsEmpty && CacheChecks.Data(server.Answer).SetEquals(CacheChecks.Data(speaking[0].Answer)))
            ? speaking[0].Answer
            : CheckView.Believed(lookup);
    }

    // A resolver counts TTLs down, so only those of the name servers themselves can be held against each other.
    private static IEnumerable<ObservedValue> Ttls(CheckView view) =>
        from lookup in view.Facts.Lookups
        where lookup.Name == view.StsName || lookup.Name == view.PolicyHost || IsTlsa(view, lookup)
        let ttls = CacheChecks.Speaking(lookup).SelectMany(server => server.Answer.Records).Where(record => string.Equals(record.Owner, lookup.Name, StringComparison.OrdinalIgnoreCase)).Select(record => record.Ttl).ToArray()
        where ttls.Length > 0
        select new ObservedValue(ObservedKind.Ttl, $"{lookup.Type} {lookup.Name}", Number(ttls.Max()));

    private static IEnumerable<ObservedValue> Zones(CheckView view)
    {
        IEnumerable<string> names = [view.Domain, view.PolicyHost, view.StsName, .. view.Facts.MxHosts.Select(host => host.Name)];
        foreach (ZoneFacts zone in names.Select(view.ZoneOf).OfType<ZoneFacts>().DistinctBy(zone => zone.Name))
        {
            uint[] serials = [.. zone.Servers.Where(server => server.IsAuthoritative).Select(server => server.Serial).OfType<uint>()];
            if (serials.Length > 0)
                yield return new(ObservedKind.Serial, zone.Name, Number(serials.Max()));
            if (zone.NegativeTtl is { } ttl)
                yield return new(ObservedKind.NegativeTtl, zone.Name, Number(ttl));
            if (zone.IsSigned is { } isSigned)
                yield return new(ObservedKind.Signing, zone.Name, isSigned ? ObservedText.Signed : ObservedText.NotSigned);
        }
    }

    private static string TextOf(DnsRecordFacts record) => ObservedText.Printable([.. RecordWire.Strings(record).SelectMany(text => text.ToArray())]);

    // RFC 7505 §3: the root as the host says that no mail is taken.
    private static string? MxOf(DnsRecordFacts record) => record.Data.Length <= sizeof(ushort) ? null
        : $"{Number(BinaryPrimitives.ReadUInt16BigEndian(record.Data.Span))} {RecordWire.MxHost(record) ?? "."}";

    private static string? TlsaOf(DnsRecordFacts record) => TlsaRecord.TryParse(record.Data.Span, out TlsaRecord? tlsa) ? tlsa.ToString() : null;

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
