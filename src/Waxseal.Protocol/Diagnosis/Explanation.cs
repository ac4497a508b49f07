using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis;

/// <summary>The answer to "what do these reports say?".</summary>
/// <param name="AsOf">The time the answer is given for; it decides what counts as past.</param>
/// <param name="Coverage">What the answer rests on.</param>
/// <param name="PolicyDomains">Each policy domain with its sums, in alphabetical order.</param>
/// <param name="Findings">What there is to say, most urgent first.</param>
public sealed record Explanation(
    DateTimeOffset AsOf,
    Coverage Coverage,
    ImmutableArray<PolicyDomainSummary> PolicyDomains,
    ImmutableArray<Finding> Findings);

/// <summary>What an explanation rests on.</summary>
/// <param name="Reports">Reports, each counted once.</param>
/// <param name="Duplicates">Reports that had been seen before.</param>
/// <param name="Corrections">Reports that came again with other numbers.</param>
/// <param name="FirstDay">The first UTC day any report can speak of; null without reports.</param>
/// <param name="LastDay">The last UTC day any report speaks of; null without reports.</param>
/// <param name="Reporters">The reporters, in alphabetical order.</param>
/// <param name="OutOfTime">Reports of days that are still to come, or that no report can speak of.</param>
public sealed record Coverage(
    int Reports,
    int Duplicates,
    int Corrections,
    DateOnly? FirstDay,
    DateOnly? LastDay,
    ImmutableArray<string> Reporters,
    ImmutableArray<OutOfTimeReport> OutOfTime);

/// <summary>A report of days that are still to come, or that no report can speak of.</summary>
/// <param name="Reporter">The reporter.</param>
/// <param name="FirstDay">The first day it names.</param>
/// <param name="LastDay">The last day it names.</param>
public sealed record OutOfTimeReport(string Reporter, DateOnly FirstDay, DateOnly LastDay);

/// <summary>The sums of one policy domain. Sessions reported under two policy types count once.</summary>
/// <param name="PolicyDomain">The policy domain; empty when the reports do not say.</param>
/// <param name="Reporters">The reporters that spoke of it, with their sums.</param>
/// <param name="Successful">Sessions that met the policy, or found none.</param>
/// <param name="Failed">Sessions that did not.</param>
/// <param name="WithoutPolicy">Those of the successful sessions whose sender found no policy to meet.</param>
public sealed record PolicyDomainSummary(
    string PolicyDomain, ImmutableArray<ReporterSummary> Reporters, long Successful, long Failed, long WithoutPolicy);

/// <summary>What one reporter counted at one policy domain.</summary>
/// <param name="Reporter">The reporter.</param>
/// <param name="FirstDay">The first UTC day it speaks of.</param>
/// <param name="LastDay">The last UTC day it speaks of.</param>
/// <param name="Reports">Days or ranges it sent reports for.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
public sealed record ReporterSummary(
    string Reporter, DateOnly FirstDay, DateOnly LastDay, int Reports, long Successful, long Failed);
