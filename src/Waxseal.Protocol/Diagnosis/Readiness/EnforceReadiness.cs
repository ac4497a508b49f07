using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Readiness;

/// <summary>Whether a policy in mode testing may go to mode enforce, with the evidence (RFC 8461 §5, §8.2).</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Reasons">What it rests on, and what is missing, in sentences.</param>
/// <param name="Days">Days of which at least one report came, of the last <see cref="WindowDays"/>.</param>
/// <param name="Sessions">Sessions of these days.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Reporters">Who reported.</param>
public sealed record EnforceReadiness(EnforceVerdict Verdict, ImmutableArray<string> Reasons, int Days, long Sessions, long Failed, ImmutableArray<string> Reporters)
{
    /// <summary>So many days back reports are counted.</summary>
    public const int WindowDays = 21;

    // Weekends differ from working days, and a sender that keeps a policy shows a fault only when it fetches again.
    private const int LeastDays = 14;
    private const long LeastSessions = 100;
    private const int LeastReporters = 2;

    /// <summary>Judges.</summary>
    /// <param name="policy">The policy as it was last seen; null when nobody looked.</param>
    /// <param name="days">What reporters counted.</param>
    /// <param name="openFindings">The titles of what is open.</param>
    /// <param name="today">The UTC day of now.</param>
    public static EnforceReadiness Of(ObservedPeriod? policy, ImmutableArray<ReportedDay> days, ImmutableArray<string> openFindings, DateOnly today)
    {
        ImmutableArray<ReportedDay> counted = [.. days.Where(day => day.Day >= today.AddDays(-WindowDays) && SessionCount.Add(day.Successful, day.Failed) > 0)];
        int reported = counted.Select(day => day.Day).Distinct().Count();
        long sessions = SessionCount.Sum(counted.Select(day => SessionCount.Add(day.Successful, day.Failed))), failed = SessionCount.Sum(counted.Select(day => day.Failed));
        ImmutableArray<string> reporters = [.. counted.Select(day => day.Reporter).Distinct().Order(StringComparer.Ordinal)];
        (EnforceVerdict verdict, ImmutableArray<string> reasons) = ModeOf(policy) switch
        {
            StsMode.Enforce => (EnforceVerdict.Enforced, ["The policy is in mode enforce."]),
            StsMode.None => (EnforceVerdict.NoPolicy, ["The policy is in mode none, which withdraws it; publish one in mode testing first."]),
            StsMode.Testing => Judge(reported, sessions, failed, reporters.Length, openFindings),
            _ when policy is null => (EnforceVerdict.Unknown, ["Nobody looked at the policy yet: name the policy domain in [monitor], or check it."]),
            _ => (EnforceVerdict.NoPolicy, ["No policy that can be read was there at the last look."]),
        };
        return new(verdict, reasons, reported, sessions, failed, reporters);
    }

    private static (EnforceVerdict, ImmutableArray<string>) Judge(int days, long sessions, long failed, int reporters, ImmutableArray<string> openFindings)
    {
        ImmutableArray<string> missing =
        [
            .. openFindings.Select(title => $"Open: {title}."),
            .. failed > 0 && openFindings.IsEmpty ? [$"{Number(failed)} of {Number(sessions)} sessions failed in the last {WindowDays} days; with mode enforce such mail waits or comes back (RFC 8461 §5)."] : ImmutableArray<string>.Empty,
            .. days < LeastDays ? [$"Reports came of {days} of the last {WindowDays} days; {LeastDays} are wanted."] : ImmutableArray<string>.Empty,
            .. sessions < LeastSessions ? [$"They count {Number(sessions)} sessions; {LeastSessions} are wanted."] : ImmutableArray<string>.Empty,
            .. reporters < LeastReporters ? [$"{(reporters == 0 ? "Nobody" : "One sender alone")} reported; two are wanted, for each sees the policy in its own way."] : ImmutableArray<string>.Empty,
        ];
        return missing.IsEmpty
            ? (EnforceVerdict.Ready, [$"No session failed on {days} of the last {WindowDays} days, and nothing is open. Set mode: enforce, give the record a new id, and keep both as they are for a while (RFC 8461 §8.2)."])
            : (EnforceVerdict.NotYet, missing);
    }

    private static StsMode? ModeOf(ObservedPeriod? policy) =>
        policy?.Value is { } text ? StsPolicyReader.Read(System.Text.Encoding.UTF8.GetBytes(text)).Value?.Mode : null;

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>Whether a policy may be enforced.</summary>
public enum EnforceVerdict
{
    /// <summary>Nobody looked.</summary>
    Unknown,

    /// <summary>There is no policy.</summary>
    NoPolicy,

    /// <summary>Something is missing or fails.</summary>
    NotYet,

    /// <summary>Nothing speaks against it.</summary>
    Ready,

    /// <summary>It is enforced.</summary>
    Enforced,
}

/// <summary>What one reporter counted on one day.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Reporter">Who reports.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
public sealed record ReportedDay(DateOnly Day, string Reporter, long Successful, long Failed);
