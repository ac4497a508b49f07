using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Tests.Diagnosis;

/// <summary>
/// A report under construction, to be read as a sentence:
/// <c>Outlook.On("2024-11-07").Sts().Failed(2, FetchError)</c>. Each of <see cref="Sts"/>, <see cref="Tlsa"/> and
/// <see cref="NoPolicy"/> begins an entry of the report; the counts that follow belong to it.
/// </summary>
internal sealed record SampleReport(string Organization, string? Contact, Func<DateOnly, string, string> IdFor)
{
    public const string UsualDomain = "example.com";

    private ImmutableArray<ReportPolicy> Policies { get; init; } = [];

    private string? PolicyDomain { get; init; } = UsualDomain;

    private string? EnvelopeDomain { get; init; }

    private string? FixedId { get; init; }

    private DateTimeOffset Start { get; init; }

    private DateTimeOffset End { get; init; }

    public SampleReport On(string day) => FromTo(day, day);

    public SampleReport On(DateOnly day) => On(Text(day));

    public SampleReport FromTo(string firstDay, string lastDay) => Between($"{firstDay}T00:00:00Z", $"{lastDay}T23:59:59Z");

    public SampleReport Between(string start, string end) => this with { Start = Time(start), End = Time(end) };

    /// <summary>Names the policy domain of the entries that follow; null leaves it out.</summary>
    public SampleReport About(string? policyDomain) => this with { PolicyDomain = policyDomain };

    public SampleReport InEnvelopeFor(string policyDomain) => this with { EnvelopeDomain = policyDomain };

    public SampleReport WithId(string reportId) => this with { FixedId = reportId };

    public SampleReport Sts(params ImmutableArray<string> policyString) => Entry(PolicyType.Sts, policyString);

    public SampleReport Tlsa(params ImmutableArray<string> records) => Entry(PolicyType.Tlsa, records);

    public SampleReport NoPolicy() => Entry(PolicyType.NoPolicyFound, []);

    public SampleReport Succeeded(long sessions) =>
        Last(entry => entry with { SuccessfulSessions = entry.SuccessfulSessions + sessions });

    /// <summary>Failed sessions, in the total and as a detail of their own.</summary>
    public SampleReport Failed(long sessions, string resultType, string? reason = null, string? at = null) =>
        FailedWithoutDetail(sessions).Detail(sessions, resultType, reason, at);

    public SampleReport FailedWithoutDetail(long sessions) =>
        Last(entry => entry with { FailedSessions = entry.FailedSessions + sessions });

    /// <summary>A detail that adds nothing to the total.</summary>
    public SampleReport Detail(long sessions, string resultType, string? reason = null, string? at = null) =>
        Last(entry => entry with
        {
            Failures = entry.Failures.Add(new FailureDetail
            {
                Type = ResultTypes.FromWord(resultType),
                TypeText = resultType,
                FailedSessions = sessions,
                FailureReasonCode = reason,
                ReceivingMxHost = at,
            }),
        });

    public Report ToReport() => new()
    {
        OrganizationName = Organization,
        ContactInfo = Contact,
        DateRange = new ReportDateRange(Start, End),
        ReportId = FixedId ?? IdFor(DateOnly.FromDateTime(Start.UtcDateTime), PolicyDomain ?? ""),
        Policies = Policies,
    };

    public ReportEvidence ToEvidence() => new(ToReport(), "sample") { PolicyDomainOfEnvelope = EnvelopeDomain };

    public override string ToString() => $"{Organization} {Text(DateOnly.FromDateTime(Start.UtcDateTime))}";

    private SampleReport Entry(PolicyType type, ImmutableArray<string> policyString) => this with
    {
        Policies = Policies.Add(new ReportPolicy
        {
            Type = type,
            TypeText = type.ToWord(),
            PolicyString = policyString,
            PolicyDomain = PolicyDomain,
            SuccessfulSessions = 0,
            FailedSessions = 0,
        }),
    };

    private SampleReport Last(Func<ReportPolicy, ReportPolicy> change) =>
        this with { Policies = Policies.SetItem(Policies.Length - 1, change(Policies[^1])) };

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
