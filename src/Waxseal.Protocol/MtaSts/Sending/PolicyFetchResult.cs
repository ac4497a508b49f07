using System.Collections.Immutable;
using System.Diagnostics;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.MtaSts.Sending;

/// <summary>How one visit to a policy host ended (RFC 8461 §3.3).</summary>
public abstract record PolicyFetchResult
{
    private PolicyFetchResult() { }

    /// <summary>A policy was served that can be used.</summary>
    /// <param name="Policy">The policy.</param>
    /// <param name="Problems">What is unwise about its text, or wrong and tolerable.</param>
    public sealed record Fetched(StsPolicy Policy, ImmutableArray<Problem> Problems) : PolicyFetchResult;

    /// <summary>The policy host gave no complete answer.</summary>
    /// <param name="Fault">What went wrong.</param>
    /// <param name="Detail">More about it in a few words, or null.</param>
    public sealed record Unreachable(PolicyHostFault Fault, string? Detail) : PolicyFetchResult;

    /// <summary>The policy host's certificate does not hold.</summary>
    /// <param name="Fault">What is wrong with it.</param>
    /// <param name="Detail">More about it in a few words, or null.</param>
    public sealed record Untrusted(PolicyHostFault Fault, string? Detail) : PolicyFetchResult;

    /// <summary>The answer has another status than 200.</summary>
    /// <param name="Status">The status.</param>
    /// <param name="Location">Where the policy host points to, or null.</param>
    public sealed record NotServed(int Status, string? Location) : PolicyFetchResult;

    /// <summary>The answer is of another media type than text/plain.</summary>
    /// <param name="ContentType">The <c>Content-Type</c> as sent, or null.</param>
    public sealed record NotPlainText(string? ContentType) : PolicyFetchResult;

    /// <summary>The body is longer than <see cref="StsPolicyReader.MaxLength"/>.</summary>
    public sealed record TooLong : PolicyFetchResult;

    /// <summary>The body is not a policy.</summary>
    /// <param name="Problems">What is wrong with it.</param>
    public sealed record Malformed(ImmutableArray<Problem> Problems) : PolicyFetchResult;

    /// <summary>Judges what a visit met with.</summary>
    public static PolicyFetchResult Of(PolicyHostVisit visit) => visit switch
    {
        PolicyHostVisit.Answered answer => OfAnswer(answer),
        PolicyHostVisit.Failed(var fault, var detail) when fault.IsOfCertificate() => new Untrusted(fault, detail),
        PolicyHostVisit.Failed(var fault, var detail) => new Unreachable(fault, detail),
        _ => throw new UnreachableException(),
    };

    /// <summary>The result type to report, or null when there is nothing to report.</summary>
    // RFC 8460 §4.3.2.2
    public ResultType? ToResultType() => this switch
    {
        Fetched => null,
        Unreachable or NotServed or NotPlainText or TooLong => ResultType.StsPolicyFetchError,
        Untrusted => ResultType.StsWebPkiInvalid,
        Malformed => ResultType.StsPolicyInvalid,
        _ => throw new UnreachableException(),
    };

    /// <summary>The failure reason code to go with the result type, or null (RFC 8460 §4.4).</summary>
    public string? ToReason() => this switch
    {
        Fetched => null,
        Unreachable(var fault, _) => fault.ToWord(),
        Untrusted(var fault, _) => fault.ToWord(),
        NotServed(var status, _) => $"http-status-{status}",
        NotPlainText => "not-text-plain",
        TooLong => "policy-too-long",
        Malformed(var problems) => problems.FirstOrDefault(IsFatal)?.Code,
        _ => throw new UnreachableException(),
    };

    private static bool IsFatal(Problem problem) => problem is { Severity: ProblemSeverity.Error, IsTolerable: false };

    private static PolicyFetchResult OfAnswer(PolicyHostVisit.Answered answer)
    {
        // RFC 8461 §3.3: only 200 is valid; a redirect is not followed, and there is no cache that 304 could mean.
        if (answer.Status != 200)
            return new NotServed(answer.Status, answer.Location);
        if (!IsPlainText(answer.ContentType))
            return new NotPlainText(answer.ContentType);
        if (answer.Body.Length > StsPolicyReader.MaxLength)
            return new TooLong();

        Parsed<StsPolicy> reading = StsPolicyReader.Read(answer.Body.Span);
        return reading.Value is { } policy ? new Fetched(policy, reading.Problems) : new Malformed(reading.Problems);
    }

    // RFC 8461 §3.2: the media type should be text/plain; its parameters are ignored.
    // Deviation: that check is a SHOULD and silent on a missing type; it is made always, and missing is not text/plain.
    private static bool IsPlainText(string? contentType)
    {
        ReadOnlySpan<char> mediaType = contentType.AsSpan();
        int parameters = mediaType.IndexOf(';');
        if (parameters >= 0)
            mediaType = mediaType[..parameters];
        return mediaType.Trim(" \t").Equals("text/plain", StringComparison.OrdinalIgnoreCase);
    }
}
