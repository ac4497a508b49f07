using System.Globalization;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.MtaSts;

/// <summary>The TXT record that announces a policy (RFC 8461 §3.1).</summary>
public sealed record StsRecord
{
    /// <summary>Most characters of a policy id.</summary>
    public const int MaxIdLength = 32;

    /// <summary>A record with a policy id.</summary>
    /// <param name="id">1 to 32 ASCII letters and digits.</param>
    /// <exception cref="ArgumentException">The id is none.</exception>
    public StsRecord(string id)
    {
        if (!IsId(id))
            throw new ArgumentException("A policy id has 1 to 32 ASCII letters and digits.", nameof(id));
        Id = id;
    }

    /// <summary>The policy id. Ids have no order: two are the same, byte for byte, or they are not.</summary>
    public string Id { get; }

    /// <summary>The record as it is published.</summary>
    public string Text => $"v=STSv1; id={Id};";

    /// <summary>The name whose TXT records announce the policy of a policy domain.</summary>
    // RFC 8461 §3.1: "_mta-sts" below the policy domain
    public static string OwnerName(DomainName policyDomain) => policyDomain.Below("_mta-sts");

    /// <summary>Whether a text can be a policy id.</summary>
    // RFC 8461 §3.1: sts-id = %s"id=" 1*32(ALPHA / DIGIT)
    public static bool IsId(string text) =>
        text.Length is > 0 and <= MaxIdLength && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>The record to publish after the policy has changed.</summary>
    /// <param name="current">The record published now, or null for the first.</param>
    /// <param name="now">The time the new id is made from.</param>
    // RFC 8461 §3.1: one id, one policy; so two changes within a second get two ids.
    public static StsRecord Next(StsRecord? current, DateTimeOffset now)
    {
        StsRecord next = FromTime(now);
        return next == current ? FromTime(now.AddSeconds(1)) : next;
    }

    private static StsRecord FromTime(DateTimeOffset time) =>
        new(time.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture));
}
