using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;

namespace Waxseal.Lab.Faults;

/// <summary>Faults of zones that are really signed (layers B and L).</summary>
internal static class DnssecFaults
{
    public static IEnumerable<LabFault> All =>
    [
        new("L13", "the signatures of the zone have expired", world => Expire(SignAll(world))),
        new("L14", "a DS record for a key that the zone does not have", world =>
        {
            SignedZone zone = SignAll(world);
            zone.Signers = [LabKey.P256(LabKey.EntryKey).Ds(zone.Name)];
        }),
        new("L14", "a DS record for a zone without keys", world =>
        {
            SignedZone zone = SignAll(world);
            zone.Signers = [zone.EntryKey.Ds(zone.Name)];
            zone.IsSigned = false;
        }),
        new("B04", "the signatures of the policy host's own zone have expired", world => Expire(SignPolicyHost(world))),
        new("B04", "a DS record for a key that the policy host's own zone does not have", world =>
        {
            SignedZone zone = SignPolicyHost(world);
            zone.Signers = [LabKey.P256(LabKey.EntryKey).Ds(zone.Name)];
        }),
    ];

    // All that a validating resolver refuses, when the zone of the policy domain is bogus.
    private static SignedZone SignAll(LabWorld world)
    {
        world.Resolver.IsBogus = IsBelow(LabWorld.Domain);
        return WorldSigner.Sign(world, world.Zone)[^1];
    }

    private static SignedZone SignPolicyHost(LabWorld world)
    {
        LabZone own = new(LabWorld.Host);
        own.NameServers.AddRange(world.Zone.NameServers);
        own.Address(LabWorld.Host, world.At(10));
        world.Zone.Remove(LabWorld.Host);
        world.Zones.Add(own);
        world.First.Zones.Add(own);
        world.Second.Zones.Add(own);
        world.Resolver.IsBogus = IsBelow(LabWorld.Host);
        return WorldSigner.Sign(world, world.Zone, own)[^1];
    }

    private static Func<DnsQuestion, bool> IsBelow(string zone)
    {
        DnsName apex = SignedZone.NameOf(zone);
        return question => question.Name.IsAtOrBelow(apex) && (question.Type != DnsType.Ds || !question.Name.Equals(apex));
    }

    private static void Expire(SignedZone zone) => zone.Expiration = TimeProvider.System.GetUtcNow().AddDays(-1);
}
