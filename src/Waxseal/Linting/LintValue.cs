using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Waxseal.Answers;
using Waxseal.Protocol.Dane.Presentation;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Protocol.TlsRpt.Records;

namespace Waxseal.Linting;

/// <summary>What was understood of a text: the members are for programs, the rows for people.</summary>
[JsonDerivedType(typeof(StsRecordValue))]
[JsonDerivedType(typeof(StsPolicyValue))]
[JsonDerivedType(typeof(TlsRptRecordValue))]
[JsonDerivedType(typeof(TlsaValue))]
[JsonDerivedType(typeof(ReportValue))]
internal abstract record LintValue
{
    /// <summary>Labels and texts.</summary>
    public abstract IEnumerable<(string Label, string Text)> Rows();
}

internal sealed record StsRecordValue(string Id) : LintValue
{
    public override IEnumerable<(string Label, string Text)> Rows() => [("policy id", Id)];
}

internal sealed record StsPolicyValue(string Mode, long MaxAge, ImmutableArray<string> Mx) : LintValue
{
    public StsPolicyValue(StsPolicy policy)
        : this(policy.Mode.ToWord(), (long)policy.MaxAge.TotalSeconds, [.. policy.MxPatterns.Select(mx => mx.ToString())])
    {
    }

    public override IEnumerable<(string Label, string Text)> Rows() =>
    [
        ("mode", Mode),
        ("max_age", $"{MaxAge} seconds ({InWords(MaxAge)})"),
        ("mx", Mx.IsEmpty ? "none" : string.Join(", ", Mx)),
    ];

    private static string InWords(long seconds) => seconds switch
    {
        >= 86_400 => Count(seconds / 86_400.0, "day"),
        >= 3_600 => Count(seconds / 3_600.0, "hour"),
        _ => Count(seconds / 60.0, "minute"),
    };

    private static string Count(double count, string unit)
    {
        string number = count.ToString("0.#", CultureInfo.InvariantCulture);
        return number == "1" ? $"1 {unit}" : $"{number} {unit}s";
    }
}

internal sealed record TlsRptRecordValue(ImmutableArray<RuaValue> Rua) : LintValue
{
    public TlsRptRecordValue(TlsRptRecord record)
        : this([.. record.Ruas.Select(rua => new RuaValue(rua.Text, rua.IsUsable))])
    {
    }

    public override IEnumerable<(string Label, string Text)> Rows() =>
        Rua.Select(rua => ("rua", rua.Usable ? rua.Uri : $"{rua.Uri} (no report can go there)"));
}

/// <param name="Uri">As published.</param>
/// <param name="Usable">Whether reports can be sent there.</param>
internal sealed record RuaValue(string Uri, bool Usable);

internal sealed record TlsaValue(ImmutableArray<TlsaEntryValue> Records) : LintValue
{
    public TlsaValue(TlsaRecordSet set)
        : this([.. set.Entries.Select(entry => new TlsaEntryValue(entry))])
    {
    }

    public override IEnumerable<(string Label, string Text)> Rows() =>
        Records.Select(record => (record.Owner ?? "record", record.ToString()));
}

internal sealed record TlsaEntryValue(string? Owner, int Usage, int Selector, int MatchingType, string AssociationData)
{
    // A digest is shown whole, a certificate by its start. White space may stand between the digits (RFC 6698 §2.2).
    private const int MostDigits = 128;
    private const int DigitsTogether = 32;

    public TlsaEntryValue(TlsaEntry entry)
        : this(
            entry.Owner,
            (int)entry.Record.Usage,
            (int)entry.Record.Selector,
            (int)entry.Record.MatchingType,
            Convert.ToHexString(entry.Record.AssociationData.AsSpan())) =>
        Acronyms = entry.Record.ToAcronyms();

    [JsonIgnore]
    public string Acronyms { get; } = "";

    public override string ToString()
    {
        IEnumerable<string> data = AssociationData.Take(MostDigits).Chunk(DigitsTogether).Select(digits => new string(digits));
        return $"{Acronyms} {string.Join(' ', data)}{(AssociationData.Length > MostDigits ? "…" : "")}";
    }
}

internal sealed record ReportValue(
    string OrganizationName,
    string ReportId,
    DateTimeOffset Start,
    DateTimeOffset End,
    ImmutableArray<ReportPolicyValue> Policies) : LintValue
{
    // Nobody reads more rows; the JSON has all.
    private const int MostRows = 20;

    public ReportValue(Report report)
        : this(
            report.OrganizationName,
            report.ReportId,
            report.DateRange.Start,
            report.DateRange.End,
            [.. report.Policies.Select(policy => new ReportPolicyValue(policy))])
    {
    }

    public override IEnumerable<(string Label, string Text)> Rows()
    {
        yield return ("organization", OrganizationName);
        yield return ("report id", ReportId);
        yield return ("date range", $"{UtcTime.Of(Start)} to {UtcTime.Of(End)}");
        foreach (ReportPolicyValue policy in Policies.Take(MostRows))
            yield return ("policy", policy.ToString());
        if (Policies.Length > MostRows)
            yield return ("", $"and {Policies.Length - MostRows} more policies");
    }
}

internal sealed record ReportPolicyValue(
    string PolicyType, string? PolicyDomain, long SuccessfulSessions, long FailedSessions)
{
    public ReportPolicyValue(ReportPolicy policy)
        : this(policy.TypeText, policy.PolicyDomain, policy.SuccessfulSessions, policy.FailedSessions)
    {
    }

    public override string ToString() =>
        $"{PolicyType} of {PolicyDomain ?? "a domain not named"}: sessions successful {SuccessfulSessions}, failed {FailedSessions}";
}
