using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Checks.Dns;

/// <summary>Checks of the zones and their name servers (layer B).</summary>
internal static class DelegationChecks
{
    public static IEnumerable<Detection> Find(CheckView view) => view.Facts.Zones
        .Where(zone => IsOfPolicy(view, zone) && zone.Name.Contains('.', StringComparison.Ordinal))
        .SelectMany(zone => Find(view, zone));

    /// <summary>Whether no name server answers for the zone of a name.</summary>
    public static bool IsBroken(CheckView view, string name) =>
        view.ZoneOf(name) is { } zone && !Reached(zone).IsEmpty && Reached(zone).All(IsLame);

    // The zones of other people's MX hosts are looked at where their records are missed.
    private static bool IsOfPolicy(CheckView view, ZoneFacts zone) =>
        zone == view.ZoneOf(view.Domain) || zone == view.ZoneOf(view.PolicyHost);

    private static IEnumerable<Detection> Find(CheckView view, ZoneFacts zone)
    {
        ImmutableArray<NameServerFacts> servers = Reached(zone);
        ImmutableArray<NameServerFacts> lame = [.. servers.Where(IsLame)];
        if (servers.Length > 0 && lame.Length == servers.Length)
            return [Broken(view, zone, lame)];

        ImmutableArray<string> onlyAtParent = [.. zone.Delegated.Except(zone.Named)];
        ImmutableArray<string> onlyInZone = [.. zone.Named.Except(zone.Delegated)];
        bool differs = !zone.Delegated.IsEmpty && !zone.Named.IsEmpty && (!onlyAtParent.IsEmpty || !onlyInZone.IsEmpty);
        IEnumerable<Detection> delegation = differs
            ? [Differing(zone, onlyAtParent, onlyInZone, lame)]
            : lame.IsEmpty ? [] : [new("B02", Consequence.SomeUnprotected, zone.Name, $"{Faults(lame)}; the other name servers of {zone.Name} answer.")];
        return delegation.Concat(Manners(view, zone, [.. servers.Except(lame)])).Concat(Serials(zone, [.. servers.Except(lame)]));
    }

    private static Detection Broken(CheckView view, ZoneFacts zone, ImmutableArray<NameServerFacts> lame) => zone.Name == view.PolicyHost
        ? new("B13", Consequence.AllUnprotected, zone.Name, $"{zone.Name} is a zone of its own, and no name server answers for it. {Faults(lame)}.")
        : new("B16", Consequence.NoMail, zone.Name, $"No name server answers for {zone.Name}. {Faults(lame)}.");

    private static Detection Differing(
        ZoneFacts zone, ImmutableArray<string> onlyAtParent, ImmutableArray<string> onlyInZone, ImmutableArray<NameServerFacts> lame)
    {
        string atParent = onlyAtParent.IsEmpty ? "" : $" Only the parent zone names {Phrase.List(onlyAtParent)}.";
        string inZone = onlyInZone.IsEmpty ? "" : $" Only the zone itself names {Phrase.List(onlyInZone)}.";
        string faults = lame.IsEmpty ? "" : $" {Faults(lame)}.";
        return new("B03", lame.IsEmpty ? Consequence.Fragile : Consequence.SomeUnprotected, zone.Name,
            $"The parent zone and {zone.Name} name different name servers.{atParent}{inZone}{faults}")
        {
            Share = 0.8,
            Rivals = lame.IsEmpty ? [] : [("B02", 0.15)],
        };
    }

    // RFC 7766 §5, RFC 6891 §7: what resolvers rely on.
    private static IEnumerable<Detection> Manners(CheckView view, ZoneFacts zone, ImmutableArray<NameServerFacts> servers)
    {
        IEnumerable<string> slips = servers.SelectMany(server => new[]
        {
            server.Tcp is { Outcome: DnsOutcome.Failed, Fault: not "no-route" } && !IsToldElsewhere(view, server) ? $"{Named(server)} does not answer over TCP" : null,
            server.SpeaksEdns == false ? $"{Named(server)} does not answer questions with EDNS" : null,
            server.KeepsCase == false ? $"{Named(server)} changes the case of letters in the question" : null,
        }.OfType<string>());
        ImmutableArray<string> all = [.. slips];
        return all.IsEmpty ? [] : [new("B07", Consequence.SomeUnprotected, zone.Name, $"{string.Join("; ", all.Take(4))}.")];
    }

    // The question over TCP has EDNS as well; and what TCP was needed for is a finding of its own (L24).
    private static bool IsToldElsewhere(CheckView view, NameServerFacts server) => server.SpeaksEdns == false
        || view.Facts.Lookups.Any(lookup => lookup.Type is "DNSKEY" or "TLSA" && lookup.Servers.Any(other => other.Address == server.Address && DnssecChecks.DoesNotFit(other)));

    // A transfer takes its time, so other serials alone are only worth a word.
    private static IEnumerable<Detection> Serials(ZoneFacts zone, ImmutableArray<NameServerFacts> servers)
    {
        ImmutableArray<IGrouping<uint?, NameServerFacts>> serials = [.. servers.Where(server => server.Serial is not null).GroupBy(server => server.Serial)];
        return serials.Length < 2
            ? []
            : [new("A10", Consequence.Nothing, zone.Name, $"The name servers of {zone.Name} hold different copies of it: "
                + $"{string.Join("; ", serials.Select(serial => $"serial {serial.Key} at {Named(serial.First())}"))}. After a change that is so for minutes.")];
    }

    private static ImmutableArray<NameServerFacts> Reached(ZoneFacts zone) => [.. zone.Servers.Where(server => server.Udp.Fault != "no-route")];

    // RFC 1912 §2.8: a lame server is one that was named and does not speak with authority.
    private static bool IsLame(NameServerFacts server) => server.Udp.Outcome != DnsOutcome.Found || !server.IsAuthoritative;

    private static string Faults(ImmutableArray<NameServerFacts> lame) => string.Join("; ", lame.Take(4).Select(server =>
        $"{Named(server)}: {server.Udp.Reason ?? "it does not speak as an authority"}"));

    private static string Named(NameServerFacts server) => server.Address.Length > 0 ? $"{server.Name} ({server.Address})" : server.Name;
}
