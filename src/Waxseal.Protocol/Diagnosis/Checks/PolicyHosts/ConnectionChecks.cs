using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Protocol.Diagnosis.Checks.PolicyHosts;

/// <summary>Checks of the connections to the policy host (layer D).</summary>
internal static class ConnectionChecks
{
    public static IEnumerable<Detection> Find(CheckView view)
    {
        // What cannot be reached from here, for want of IPv6, proves nothing.
        ImmutableArray<PolicyHostAddressFacts> all = [.. view.Facts.PolicyHost.Where(address => address.Connection.Fault != ConnectionFault.NoRoute)];
        ImmutableArray<PolicyHostAddressFacts> failing = [.. all.Where(address => address.Connection.Fault is not null)];
        ImmutableArray<PolicyHostAddressFacts> inner = [.. failing.Where(address => address.Connection.Fault == ConnectionFault.Forbidden)];
        if (!inner.IsEmpty)
            return [Inner(view, inner, all.Length)];

        IEnumerable<Detection> families = view.Facts.PolicyHost.Length > 0 && view.Facts.PolicyHost.All(address => address.IsIpv6) && HasNoIpv4(view)
            ? [new("D04", Consequence.SomeUnprotected, view.PolicyHost, "It has AAAA records and no A record.")]
            : [];
        return families.Concat(failing.IsEmpty ? [] : [Failing(view, all, failing)]);
    }

    private static bool HasNoIpv4(CheckView view) =>
        view.Facts.Lookup(view.PolicyHost, "A") is { Answer.Outcome: DnsOutcome.NoRecords or DnsOutcome.NoName };

    private static Detection Inner(CheckView view, ImmutableArray<PolicyHostAddressFacts> inner, int all) =>
        new("D13", inner.Length == all ? Consequence.AllUnprotected : Consequence.SomeUnprotected, view.PolicyHost, $"{inner[0].Connection.Detail}.")
        {
            Share = 0.7,
            Rivals = [("B10", 0.25)],
        };

    private static Detection Failing(CheckView view, ImmutableArray<PolicyHostAddressFacts> all, ImmutableArray<PolicyHostAddressFacts> failing)
    {
        string seen = $"{string.Join("; ", failing.Select(address => $"{address.Address} port 443: {address.Connection.Detail}"))}.";
        bool isSilent = failing.All(address => address.Connection.Fault == ConnectionFault.Timeout);
        if (failing.Length == all.Length)
        {
            return new(isSilent ? "D10" : "D03", Consequence.AllUnprotected, view.PolicyHost, seen)
            {
                Share = isSilent ? 0.35 : 0.4,
                Rivals = isSilent ? [("D03", 0.25), ("D08", 0.25), ("D05", 0.1)] : [("G17", 0.25), ("D08", 0.25), ("D10", 0.05)],
            };
        }

        string rest = $" {string.Join(", ", all.Except(failing).Select(address => address.Address))} {(all.Length - failing.Length == 1 ? "takes" : "take")} connections.";
        return failing.All(address => address.IsIpv6) && all.Except(failing).All(address => !address.IsIpv6)
            ? new("D01", Consequence.SomeUnprotected, view.PolicyHost, seen + rest) { Share = isSilent ? 0.7 : 0.9, Rivals = isSilent ? [("D02", 0.2)] : [] }
            : new("D09", Consequence.SomeUnprotected, view.PolicyHost, seen + rest);
    }
}
