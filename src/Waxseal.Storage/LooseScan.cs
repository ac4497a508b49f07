namespace Waxseal.Storage;

/// <summary>
/// Queries for the distinct values at the beginning of an index: the next one each time, which costs as much as there are values
/// and not as much as there are rows.
/// </summary>
internal static class LooseScan
{
    /// <summary>A table <c>domain</c> whose <c>name</c> is each policy domain there are sessions of, and null at the end.</summary>
    public const string PolicyDomains = """
        WITH RECURSIVE domain (name) AS (
            SELECT MIN(policy_domain) FROM reported_policy
            UNION ALL
            SELECT (SELECT MIN(policy_domain) FROM reported_policy WHERE policy_domain > domain.name) FROM domain WHERE domain.name IS NOT NULL)
        """;

    /// <summary>The same of the sums, which are fewer rows.</summary>
    public const string SummedDomains = """
        WITH RECURSIVE domain (name) AS (
            SELECT MIN(policy_domain) FROM session_sum
            UNION ALL
            SELECT (SELECT MIN(policy_domain) FROM session_sum WHERE policy_domain > domain.name) FROM domain WHERE domain.name IS NOT NULL)
        """;

    /// <summary>The same of what was looked at.</summary>
    public const string LookedAt = """
        WITH RECURSIVE domain (name) AS (
            SELECT MIN(policy_domain) FROM look
            UNION ALL
            SELECT (SELECT MIN(policy_domain) FROM look WHERE policy_domain > domain.name) FROM domain WHERE domain.name IS NOT NULL)
        """;

    /// <summary>The same of what reports are about.</summary>
    public const string Subjects = """
        WITH RECURSIVE domain (name) AS (
            SELECT MIN(policy_domain) FROM report
            UNION ALL
            SELECT (SELECT MIN(policy_domain) FROM report WHERE policy_domain > domain.name) FROM domain WHERE domain.name IS NOT NULL)
        """;

    /// <summary>A table <c>known</c> whose <c>name</c> is each reporter, and null at the end.</summary>
    public const string Reporters = """
        WITH RECURSIVE known (name) AS (
            SELECT MIN(reporter) FROM report
            UNION ALL
            SELECT (SELECT MIN(reporter) FROM report WHERE reporter > known.name) FROM known WHERE known.name IS NOT NULL)
        """;
}
