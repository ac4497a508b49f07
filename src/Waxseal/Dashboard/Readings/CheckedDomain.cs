using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Dashboard.Readings;

/// <summary>A policy domain that is to be looked at, or was.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="PolicyDomain">What was asked for; empty for nothing yet.</param>
/// <param name="Problem">Why it cannot be looked at; null when it can.</param>
/// <param name="Result">What the look came to; null while it goes on.</param>
internal sealed record CheckedDomain(Frame Frame, string PolicyDomain, string? Problem, CheckResult? Result) : IFramed;
