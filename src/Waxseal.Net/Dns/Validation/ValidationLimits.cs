namespace Waxseal.Net.Dns.Validation;

/// <summary>
/// How much work a stranger's zone can cause. Whoever signs a zone chooses how many keys and signatures are to be tried,
/// and can choose so many that a validator stands still (KeyTrap); no honest zone comes near these numbers.
/// </summary>
internal static class ValidationLimits
{
    /// <summary>Most labels walked down in one validation, aliases included; each costs two questions at most.</summary>
    public const int MaxSteps = 64;

    /// <summary>Most aliases followed in one validation.</summary>
    public const int MaxAliases = 8;

    /// <summary>Most keys of a zone, and DS records for one, that are looked at.</summary>
    public const int MaxKeys = 32;

    /// <summary>Most signatures over one set of records that are read.</summary>
    public const int MaxSignatures = 16;

    /// <summary>Most times that a signature over one set is tried with a key.</summary>
    public const int MaxTries = 8;

    /// <summary>Most names with records of one type that are looked at in one answer.</summary>
    public const int MaxSets = 32;

    /// <summary>Most NSEC or NSEC3 records of one answer that are looked at.</summary>
    public const int MaxDenials = 8;

    /// <summary>Most additional rounds of hashing for NSEC3; common resolvers stop at the same number.</summary>
    public const int MaxRounds = 50;
}
