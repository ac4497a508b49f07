using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Waxseal.Demo.Story;
using Waxseal.Inputs;
using Waxseal.Protocol.TlsRpt;
using Waxseal.ReportIntake;
using Waxseal.Storage.Reports;

namespace Waxseal.Demo;

/// <summary>One report of the story, as it would come.</summary>
/// <param name="Report">What it says.</param>
/// <param name="Packed">Its bytes, gzip.</param>
/// <param name="FileName">The name of its file (RFC 8460 §5.1).</param>
/// <param name="Arrival">When, how and from whom it came.</param>
internal sealed record DemoReport(Report Report, ReadOnlyMemory<byte> Packed, string FileName, Arrival Arrival)
{
    /// <summary>With what the origin of every report of the demonstration begins.</summary>
    public const string OriginPrefix = "demo ";

    /// <summary>What is found in its bytes.</summary>
    public IEnumerable<IntakeResult> Open() => PackedReports.Open(new ReportOrigin(FileName), Packed);

    /// <summary>The reports about the sessions of a day, as far as they have come.</summary>
    /// <param name="domain">The policy domain.</param>
    /// <param name="ago">How many days ago that day was.</param>
    /// <param name="now">Now.</param>
    public static IEnumerable<DemoReport> About(StoryDomain domain, int ago, DateTimeOffset now) =>
        from entry in domain.Senders
        let sessions = domain.SessionsOf(entry.Sender, ago)
        where sessions > 0 && domain.Reports(entry.Sender, ago)
        let report = Of(domain, entry.Sender, ago, sessions)
        where report.Arrival.At <= now
        select report;

    private static DemoReport Of(StoryDomain domain, Sender sender, int ago, long sessions)
    {
        DateTimeOffset begin = new(domain.DayOf(ago).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), end = begin.AddDays(1).AddSeconds(-1);

        // No two reports come in the same minute by the clock, and none at the same second each day.
        DateTimeOffset at = begin.AddDays(1) + sender.ReportAfter + TimeSpan.FromSeconds((domain.Name.Length * 97 + ago * 37) % 900);
        Report report = new()
        {
            OrganizationName = sender.Organization,
            DateRange = new(begin, end),
            ContactInfo = sender.Contact,
            ReportId = sender.ReportId(domain.DayOf(ago), domain.Name, at),
            Policies = [PolicyOf(domain.PublishedOn(ago), sender, domain.TroubleOf(sender, ago), sessions)],
        };
        string fileName = $"{sender.Submitter}!{domain.Name}!{begin.ToUnixTimeSeconds()}!{end.ToUnixTimeSeconds()}.json.gz";
        return new(report, Pack(report), fileName, ArrivalOf(sender, fileName, at));
    }

    private static ReportPolicy PolicyOf(Publication published, Sender sender, Trouble? trouble, long sessions)
    {
        PolicyType type = sender.AppliesDane && published.Pinned is not null ? PolicyType.Tlsa : PolicyType.Sts;
        bool isShown = trouble is not { IsWithoutPolicy: true };
        long failed = trouble is null ? 0 : (long)Math.Ceiling(sessions * trouble.Share);
        return new()
        {
            Type = type,
            TypeText = type.ToWord(),
            PolicyDomain = published.PolicyDomain,
            PolicyString = !isShown ? [] : type == PolicyType.Tlsa ? [published.Pinned!.Tlsa] : published.PolicyLines,
            MxHosts = isShown && type == PolicyType.Sts ? published.MxPatterns : [],
            SuccessfulSessions = sessions - failed,
            FailedSessions = failed,
            Failures = trouble is null ? [] : [DetailOf(trouble, failed)],
        };
    }

    private static FailureDetail DetailOf(Trouble trouble, long failed) => new()
    {
        Type = trouble.Result,
        TypeText = trouble.Result.ToWord(),
        FailedSessions = failed,
        ReceivingMxHost = trouble.MxHost,
        ReceivingIp = trouble.MxAddress,
        FailureReasonCode = trouble.Reason,
    };

    private static Arrival ArrivalOf(Sender sender, string fileName, DateTimeOffset at)
    {
        Arrival arrival = new(at, sender.Channel, OriginPrefix + fileName) { Submitter = sender.Submitter };
        return sender.Channel == Channel.Https
            ? arrival with { TrustReason = "HTTPS does not prove who sends" }
            : arrival with { Trust = Trust.Verified, TrustReason = $"made up: as if the signature of {sender.Submitter} held" };
    }

    private static byte[] Pack(Report report)
    {
        if (!ReportWriter.TryWrite(report, out byte[]? json, out ReportWriteError? error))
            Fail(error);
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(json);
        return packed.ToArray();
    }

    [DoesNotReturn]
    private static void Fail(ReportWriteError error) => throw new InvalidOperationException(error.ToString());
}
