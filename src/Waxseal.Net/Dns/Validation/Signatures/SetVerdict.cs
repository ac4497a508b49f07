using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Dns.Validation.Signatures;

/// <summary>What the signatures over one set of records come to.</summary>
internal abstract record SetVerdict
{
    private SetVerdict()
    {
    }

    /// <summary>A signature holds.</summary>
    /// <param name="Signature">The signature.</param>
    /// <param name="End">When it ends.</param>
    public sealed record Holds(Signature Signature, DateTimeOffset End) : SetVerdict;

    /// <summary>No signature holds.</summary>
    /// <param name="Break">What keeps the one that came furthest from holding.</param>
    /// <param name="Detail">More of it in a sentence.</param>
    public sealed record Fails(ValidationBreak Break, string Detail) : SetVerdict
    {
        /// <summary>When the signature ends or ended; null when there is none.</summary>
        public DateTimeOffset? End { get; init; }
    }
}
