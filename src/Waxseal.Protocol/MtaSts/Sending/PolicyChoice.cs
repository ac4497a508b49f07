using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.MtaSts.Sending;

/// <summary>Which policy applies to a delivery, from what is cached and what was found (RFC 8461 §3.3, §5.1).</summary>
public sealed record PolicyChoice
{
    private PolicyChoice() { }

    /// <summary>
    /// The policy to apply, or null to go on as if there were none. To be stored when it is not the cached one.
    /// </summary>
    public CachedPolicy? Applied { get; private init; }

    /// <summary>
    /// Whether a fetch could change the choice. Wait for it and choose again; or deliver by this choice, and fetch
    /// beside it (RFC 8461 §5.1).
    /// </summary>
    public bool NeedsFetch { get; private init; }

    /// <summary>The failure to report, or null (RFC 8461 §6).</summary>
    public ResultType? Failure { get; private init; }

    /// <summary>The failure reason code to go with <see cref="Failure"/>, or null.</summary>
    public string? FailureReason { get; private init; }

    /// <summary>
    /// Whether an administrator should be told that the cached policy could not be renewed (RFC 8461 §3.3).
    /// </summary>
    public bool AlertsAdministrator { get; private init; }

    /// <summary>Chooses.</summary>
    /// <param name="cached">What the cache holds for the policy domain, also when expired; or null.</param>
    /// <param name="lookup">What the TXT records say now.</param>
    /// <param name="fetch">How the fetch ended that was made for that record, or null when none was made yet.</param>
    /// <param name="lastFailure">The last failed fetch for the policy domain, or null.</param>
    /// <param name="now">The time of the delivery.</param>
    public static PolicyChoice Of(
        CachedPolicy? cached,
        TxtLookup<StsRecord> lookup,
        PolicyFetchResult? fetch,
        FailedFetch? lastFailure,
        DateTimeOffset now)
    {
        // RFC 8461 §5.1: an expired policy is not applied, and any other is, whatever becomes of DNS or of the fetch.
        CachedPolicy? fresh = cached is not null && cached.IsFreshAt(now) ? cached : null;
        if (lookup is not TxtLookup<StsRecord>.Found { Record.Id: var id })
            return fresh is null ? new() : WithFailure(fresh, ResultType.StsPolicyFetchError, ReasonOf(lookup));

        // RFC 8461 §3.1: ids have no order; the same id means the same policy, any other a new one.
        if (fresh?.Id == id)
            return new() { Applied = fresh };

        if (fetch is null && lastFailure is not null && lastFailure.StandsFor(id, now))
            fetch = lastFailure.Result;
        return fetch switch
        {
            null => new() { Applied = fresh, NeedsFetch = true },
            PolicyFetchResult.Fetched fetched => new() { Applied = new CachedPolicy(fetched.Policy, id, now) },
            _ => WithFailure(fresh, fetch.ToResultType()!.Value, fetch.ToReason()),
        };
    }

    private static PolicyChoice WithFailure(CachedPolicy? fresh, ResultType failure, string? reason)
    {
        // RFC 8461 §3.3, §6: a cached policy of mode none is on its way out; nobody is told that it cannot be renewed.
        if (fresh is { Policy.Mode: StsMode.None })
            return new() { Applied = fresh };
        return new()
        {
            Applied = fresh,
            Failure = failure,
            FailureReason = reason,
            AlertsAdministrator = fresh is not null,
        };
    }

    private static string ReasonOf(TxtLookup<StsRecord> lookup) => lookup switch
    {
        TxtLookup<StsRecord>.NoRecord => "txt-record-missing",
        TxtLookup<StsRecord>.Several => "txt-records-several",
        TxtLookup<StsRecord>.Invalid => "txt-record-invalid",
        _ => "txt-lookup-failed",
    };
}
