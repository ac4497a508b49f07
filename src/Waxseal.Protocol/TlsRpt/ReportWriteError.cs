namespace Waxseal.Protocol.TlsRpt;

/// <summary>Why a report cannot be written.</summary>
/// <param name="JsonPointer">Where it would stand in the text, such as <c>/policies/0/policy/policy-domain</c>.</param>
/// <param name="Message">What does not conform, in a sentence.</param>
public sealed record ReportWriteError(string JsonPointer, string Message);
