namespace Waxseal.ReportIntake.Authenticity;

/// <summary>What one signature proves.</summary>
internal abstract record SignatureVerdict
{
    private SignatureVerdict()
    {
    }

    /// <summary>The domain has signed the mail as it stands.</summary>
    public sealed record Holds : SignatureVerdict;

    /// <summary>It does not hold, whatever else may be found out.</summary>
    /// <param name="Reason">Why, as a part of a sentence.</param>
    public sealed record Broken(string Reason) : SignatureVerdict;

    /// <summary>It proves nothing, and nothing speaks against it.</summary>
    /// <param name="Reason">Why, as a part of a sentence.</param>
    /// <param name="MayYetHold">Whether DNS is at fault, so that it may be found to hold later (RFC 6376 §6.1.2).</param>
    public sealed record Unknown(string Reason, bool MayYetHold = false) : SignatureVerdict;
}
