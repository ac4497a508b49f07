namespace Waxseal.Net.Dns;

/// <summary>Looks names up; the seam between what needs DNS and DNS.</summary>
public interface IDnsResolver
{
    /// <summary>Looks one name up, following its aliases.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    /// <returns>What came of it; a fault of DNS is an answer, not an exception.</returns>
    Task<DnsLookup> LookUpAsync(DnsQuestion question, CancellationToken cancellationToken);
}
