using Waxseal.Net.Dns.Validation;

namespace Waxseal.Lab.Signing;

/// <summary>Signs zones of a laboratory world, so that there are chains to follow, and to break.</summary>
internal static class WorldSigner
{
    /// <summary>Signs the root, "test", and some zones below it, and lets the resolver serve them to whoever checks for itself.</summary>
    /// <param name="world">The world, with all the records that its zones are to have.</param>
    /// <param name="zones">The zones, each below the one before it; what is changed of them until the first question counts.</param>
    public static SignedZone[] Sign(LabWorld world, params LabZone[] zones)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        SignedZone[] signed = [.. new[] { world.Root, world.Test }.Concat(zones).Select(zone =>
        {
            zone.IsSigned = true;
            return new SignedZone(zone) { Inception = now.AddDays(-20), Expiration = now.AddDays(10) };
        })];
        for (int i = 0; i + 1 < signed.Length; i++)
            signed[i].Delegate(signed[i + 1]);
        world.Options = world.Options with { TrustAnchors = [AnchorOf(signed[0])] };
        world.Resolver.Signed = new LabDns(signed);
        return signed[2..];
    }

    private static TrustAnchor AnchorOf(SignedZone root) =>
        DelegationSigner.TryRead(root.EntryKey.Ds(root.Name), out DelegationSigner? signer)
            ? new TrustAnchor(root.Name, signer)
            : throw new InvalidOperationException("The DS record of the laboratory cannot be read.");
}
