using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;

namespace Waxseal.Protocol.Diagnosis.Senders;

/// <summary>
/// The senders whose way of fetching is known in part. Facts of products are from their sources as of 2026; those of Google and
/// Microsoft from an access log of 2020, so they may have changed.
/// </summary>
public static class SenderProfiles
{
    private static readonly Trait<bool> Yes = new(true, Grade.Seen);
    private static readonly Trait<bool> No = new(false, Grade.Seen);

    /// <summary>All profiles, the largest senders first.</summary>
    public static ImmutableArray<SenderProfile> All { get; } =
    [
        new("google", "Google")
        {
            UserAgent = Agent("Google-SMTP-STS"),
            Families = new(AddressFamilies.Ipv4, Grade.Seen),
            HttpVersion = new("1.1", Grade.Seen),
        },
        new("microsoft", "Microsoft")
        {
            UserAgent = Agent(null),
            Families = new(AddressFamilies.Ipv6First, Grade.Seen),
            HttpVersion = new("1.1", Grade.Seen),
            TimeLimit = Seconds(60),
        },
        new("postfix-tlspol", "postfix-tlspol")
        {
            UserAgent = Agent("postfix-tlspol/1.8"),
            TimeLimit = Seconds(2),
            NeedsPlainText = Yes,
            MaxBody = new(65_536, Grade.Seen),
            Reading = new(Leniency.IgnoresId | Leniency.RefusesBlankLines | Leniency.CapsLargeMaxAge, Grade.Seen),
        },
        new("postfix-mta-sts-resolver", "postfix-mta-sts-resolver")
        {
            UserAgent = Agent("postfix-mta-sts-resolver"),
            TimeLimit = Seconds(4),
            NeedsPlainText = Yes,
            MaxBody = new(65_536, Grade.Seen),
            Reading = new(Leniency.RefusesLargeMaxAge, Grade.Seen),
        },
        new("mox", "mox")
        {
            UserAgent = Agent("Go-http-client/1.1"),
            TimeLimit = Seconds(60),
            NeedsPlainText = No,
            MaxBody = new(65_536, Grade.Seen),
            Reading = new(Leniency.RefusesBlankLines | Leniency.CapsLargeMaxAge, Grade.Seen),
        },
        new("stalwart", "Stalwart")
        {
            UserAgent = Agent("Stalwart/1.0.0"),
            NeedsPlainText = No,
            NeedsStatus200 = No,
            MaxBody = new(1_048_576, Grade.Seen),
            Reading = new(Leniency.TakesMissingFields | Leniency.CapsLargeMaxAge | Leniency.RefusesNoneWithoutMx, Grade.Seen),
        },
        new("kumomta", "KumoMTA")
        {
            UserAgent = Agent(null),
            TimeLimit = Seconds(20),
            NeedsPlainText = Yes,
            MaxBody = new(null, Grade.Seen),
            Reading = new(Leniency.RefusesForeignRecords | Leniency.RefusesRepeatedFields, Grade.Seen),
        },
        new("halon", "Halon")
        {
            TimeLimit = Seconds(5),
            NeedsPlainText = No,
            MaxBody = new(65_536, Grade.Seen),
            Reading = new(Leniency.NeedsExactRecordStart | Leniency.TakesAnyBody, Grade.Seen),
        },
        new("chasquid", "chasquid")
        {
            UserAgent = Agent("Go-http-client/1.1"),
            TimeLimit = Seconds(30),
            NeedsPlainText = Yes,
            MaxBody = new(10_240, Grade.Seen),
            Reading = new(
                Leniency.IgnoresId | Leniency.RefusesLargeMaxAge | Leniency.RefusesZeroMaxAge | Leniency.RefusesNoneWithoutMx, Grade.Seen),
        },
        new("mimecast", "Mimecast")
        {
            UserAgent = Agent("Mimecast MTA-STS"),
            SpeaksTls13 = No,
            TimeLimit = Seconds(60),
            NeedsPlainText = No,
            MaxBody = new(64_000, Grade.Seen),
        },
    ];

    /// <summary>Every <c>User-Agent</c> to ask with so that each profile can be judged; null stands for none.</summary>
    public static ImmutableArray<string?> UserAgents { get; } = [.. All.Select(profile => profile.UserAgent.Value).Distinct()];

    /// <summary>The profile of a name, or null.</summary>
    public static SenderProfile? Get(string name) => All.FirstOrDefault(profile => profile.Name == name);

    private static Trait<string?> Agent(string? text) => new(text, Grade.Seen);

    private static Trait<TimeSpan> Seconds(int seconds) => new(TimeSpan.FromSeconds(seconds), Grade.Seen);
}
