namespace Waxseal.Net.Dns.Validation;

/// <summary>Why a text of trust anchors is refused.</summary>
/// <param name="Line">The line, counted from 1; 0 when it is about the whole text.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
public sealed record TrustAnchorError(int Line, string Message);
