using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Waxseal.Storage.Reports;

namespace Waxseal.Storage.Tests.Reports;

/// <summary>A report made by chance, of few senders, ids, days and policy domains, so that they meet in all ways.</summary>
internal sealed record MadeReport(string Organization, string Id, DateOnly First, int MoreDays, Trust Trust, IReadOnlyList<MadePolicy> Policies)
{
    private static readonly DateOnly[] DaysOfSome = [new(2026, 1, 30), new(2026, 1, 31), new(2026, 2, 1), new(1999, 12, 31), new(2040, 1, 1)];

    // As much as intake takes for a count.
    private static readonly Gen<long> Counts = Gen.Elements<long>(0, 0, 1, 2, 3, 5, 303, 1_000_000_000_000);

    private static readonly Gen<MadePolicy> OnePolicy =
        from domain in Gen.Elements("example.test", "other.test", "Third.Test.")
        from type in Gen.Elements("sts", "tlsa", "no-policy-found")
        from successful in Counts
        from failures in Counts.Or(Gen.Constant(7L)).ListOf().Resize(3)
        select new MadePolicy(domain, type, successful, failures);

    private static readonly Gen<MadeReport> One =
        from organization in Gen.Elements("Org", "Org", "Other Org")
        from id in Gen.Elements("a", "b")
        from first in Gen.Elements(DaysOfSome)
        from moreDays in Gen.Elements(0, 0, 0, 2)
        from trust in Gen.Elements(Trust.Verified, Trust.Relayed, Trust.Unverified, Trust.Unverified)
        from policies in OnePolicy.ListOf().Resize(4)
        from isTwice in Gen.Elements(false, false, true)
        select new MadeReport(organization, id, first, moreDays, trust, isTwice ? [.. policies, .. policies.Where(policy => policy.Type == "tlsa").Select(policy => policy with { Type = "sts" })] : policies);

    /// <summary>Some reports, of which a part comes again as it was.</summary>
    public static Arbitrary<MadeReport[]> Some { get; } =
        (from reports in One.ListOf().Resize(40)
         from again in Gen.Choose(0, 40).ListOf().Resize(8)
         select reports.Concat(again.Where(i => i < reports.Count).Select(i => reports[i])).ToArray()).ToArbitrary();

    public string? Submitter => Trust == Trust.Unverified ? null : "org.test";

    public string Json => string.Create(CultureInfo.InvariantCulture, $$"""
        {"organization-name": "{{Organization}}", "date-range": {"start-datetime": "{{First:yyyy-MM-dd}}T00:00:00Z", "end-datetime": "{{First.AddDays(MoreDays):yyyy-MM-dd}}T23:59:59Z"},
         "contact-info": "tls@org.test", "report-id": "{{Id}}", "policies": [{{string.Join(", ", Policies.Select(policy => policy.Json))}}]}
        """);

    public ArrivedReport Arrived => SampleReports.Of(Json, Trust, Submitter, Policies.Select(policy => policy.Name).Min(StringComparer.Ordinal) ?? "");

    public override string ToString() => $"{Trust} {Json}";
}

/// <summary>A policy of a report made by chance.</summary>
internal sealed record MadePolicy(string Domain, string Type, long Successful, IReadOnlyList<long> Failures)
{
    /// <summary>The policy domain as it is kept.</summary>
    public string Name => Domain.TrimEnd('.').ToLowerInvariant();

    public long Failed => Failures.Sum();

    public string Json => string.Create(CultureInfo.InvariantCulture, $$"""
        {"policy": {"policy-type": "{{Type}}", "policy-domain": "{{Domain}}"}, "summary": {"total-successful-session-count": {{Successful}}, "total-failure-session-count": {{Failed}}},
         "failure-details": [{{string.Join(", ", Failures.Select(failed => $$"""{"result-type": "certificate-expired", "failed-session-count": {{failed}}}"""))}}]}
        """);
}
