using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;

namespace Waxseal.Lab;

/// <summary>
/// A recursive resolver of the laboratory: it answers from the zones as their owner meant them, follows aliases, and refuses what
/// it was told is bogus.
/// </summary>
internal sealed class LabResolver(LabZones zones)
{
    private const int MostAliases = 20;

    /// <summary>What it does in place of the right answer; null for the right answer, no messages for silence.</summary>
    public Func<ReceivedQuery, IEnumerable<byte[]>?> Fault { get; set; } = _ => null;

    /// <summary>The questions whose answers do not stand up to validation.</summary>
    public Func<DnsQuestion, bool> IsBogus { get; set; } = _ => false;

    /// <summary>The same zones with their signatures, for whoever asks it not to check; null where nothing is really signed.</summary>
    public LabDns? Signed { get; set; }

    // RFC 4035 §3.2.2: whoever disables checking means to check, and gets the data as they are.
    public IEnumerable<byte[]> Answer(ReceivedQuery query) => Fault(query)
        ?? (Signed is not null && query.Message.Bits.HasFlag(DnsHeaderBits.CheckingDisabled) ? Signed.Serve(query) : [Right(query)]);

    private byte[] Right(ReceivedQuery query)
    {
        bool isChecked = !query.Message.Bits.HasFlag(DnsHeaderBits.CheckingDisabled);
        if (isChecked && IsBogus(query.Question))
            return new DnsReply(query) { Rcode = DnsRcode.ServFail }.Edns(0, 15, 0, 2, 0, 6).ToBytes();

        List<DnsRecord> answers = [];
        DnsName name = query.Question.Name;
        LabZone zone = ZoneOf(name, query.Question.Type);
        bool isSecure = zone.IsSigned;
        for (int i = 0; i < MostAliases; i++)
        {
            zone = ZoneOf(name, query.Question.Type);
            isSecure &= zone.IsSigned;
            DnsRecord[] found = [.. zone.Find(name, query.Question.Type)];
            DnsRecord? alias = found.Length > 0 ? null : zone.Find(name, DnsType.Cname).FirstOrDefault();
            DnsName owner = name;
            answers.AddRange(found.Select(record => record with { Owner = owner }));
            if (alias is null)
                break;
            answers.Add(alias with { Owner = owner });
            name = DnsName.FromWire(alias.Data.Span);
        }

        return Write(query, answers, zone, name, isSecure && isChecked);
    }

    private static byte[] Write(ReceivedQuery query, List<DnsRecord> answers, LabZone zone, DnsName end, bool isSecure)
    {
        bool isFound = answers.Exists(record => record.Type == query.Question.Type) || answers.Count > MostAliases - 1;
        DnsReply reply = new(query)
        {
            Bits = DnsHeaderBits.Response | DnsHeaderBits.RecursionAvailable | (isSecure ? DnsHeaderBits.AuthenticData : DnsHeaderBits.None),
            Rcode = isFound || zone.Has(end) ? DnsRcode.NoError : DnsRcode.NxDomain,
        };
        foreach (DnsRecord record in answers)
            reply.Answer(record.Owner.ToString(), record.Type, record.Ttl, record.Data.ToArray());
        if (!isFound)
            reply.Authority(zone.Name.ToString(), DnsType.Soa, 3600, zone.Soa());
        return reply.Edns().ToBytes();
    }

    // The DS record of a zone stands in the zone above it (RFC 4034 §5).
    private LabZone ZoneOf(DnsName name, DnsType type) => zones.Of(type == DnsType.Ds ? name.Parent : name)!;
}
