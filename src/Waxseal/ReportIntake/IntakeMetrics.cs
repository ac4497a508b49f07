using System.Diagnostics.Metrics;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake;

/// <summary>What is measured of reports on their way in. No label has a value that a stranger chooses.</summary>
internal static class IntakeMetrics
{
    private static readonly Meter Meter = new("Waxseal.ReportIntake");

    private static readonly Counter<long> Reports = Meter.CreateCounter<long>("waxseal.reports", null, "Reports that came and are on disk");
    private static readonly Counter<long> Octets = Meter.CreateCounter<long>("waxseal.received", "By", "Octets of what came, as it came");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("waxseal.reports.refused", null, "Reports, or what should have been some, that were refused");
    private static readonly Counter<long> Proofs = Meter.CreateCounter<long>("waxseal.mails.proved", null, "Mails by what is proved of their sender");
    private static readonly Counter<long> Signatures = Meter.CreateCounter<long>("waxseal.dkim.signatures", null, "DKIM signatures looked at, by what they are worth");

    /// <summary>A message or file came, and this became of what it held.</summary>
    public static void Came(Arrival arrival, int octets, IEnumerable<Received> received)
    {
        KeyValuePair<string, object?> channel = new("channel", arrival.Channel.ToWord());
        Octets.Add(octets, channel);
        foreach (Received one in received)
        {
            switch (one)
            {
                case Received.Kept { Receipt: var receipt }:
                    Reports.Add(1, channel, new("state", receipt.State.ToWord()), new("trust", arrival.Trust.ToWord()), new("outcome", receipt.Outcome.ToWord()));
                    break;
                case Received.Refused { Kind: var kind }:
                    Refused(arrival.Channel, kind);
                    break;
                case Received.Later { Kind: var kind }:
                    Refused(arrival.Channel, kind);
                    break;
            }
        }
    }

    public static void Refused(Channel channel, RefusalKind kind) => Refusals.Add(1, new KeyValuePair<string, object?>("channel", channel.ToWord()), new KeyValuePair<string, object?>("reason", kind.ToWord()));

    public static void Proved(Trust trust) => Proofs.Add(1, new KeyValuePair<string, object?>("trust", trust.ToWord()));

    /// <summary>A DKIM signature was looked at.</summary>
    /// <param name="verdict">What it is worth: one of three words.</param>
    public static void Judged(string verdict) => Signatures.Add(1, new KeyValuePair<string, object?>("verdict", verdict));
}

/// <summary>Why a report is refused, in a word.</summary>
internal enum RefusalKind
{
    /// <summary>It is none, or cannot be read.</summary>
    Unreadable,

    /// <summary>It is not proved enough who sent it.</summary>
    Untrusted,

    /// <summary>DNS does not give the key now that may prove who sent it.</summary>
    KeyUnavailable,

    /// <summary>One address sends too many.</summary>
    TooManyFromSource,

    /// <summary>Too many come about one policy domain.</summary>
    TooManyAboutDomain,

    /// <summary>It is larger than any report.</summary>
    TooLarge,

    /// <summary>It is large, and others as large come all the time.</summary>
    TooBusy,

    /// <summary>It does not arrive in time.</summary>
    TooSlow,

    /// <summary>There is no store for it now.</summary>
    StoreUnavailable,

    /// <summary>It is not sent as reports are: another path, another method, no body.</summary>
    NotForUs,
}

internal static class RefusalKinds
{
    public static string ToWord(this RefusalKind kind) => kind switch
    {
        RefusalKind.Unreadable => "unreadable",
        RefusalKind.Untrusted => "untrusted",
        RefusalKind.KeyUnavailable => "key_unavailable",
        RefusalKind.TooManyFromSource => "too_many_from_source",
        RefusalKind.TooManyAboutDomain => "too_many_about_domain",
        RefusalKind.TooLarge => "too_large",
        RefusalKind.TooBusy => "too_busy",
        RefusalKind.TooSlow => "too_slow",
        RefusalKind.StoreUnavailable => "store_unavailable",
        _ => "not_for_us",
    };
}
