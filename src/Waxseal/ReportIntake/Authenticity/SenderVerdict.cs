using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake.Authenticity;

/// <summary>How far it is proved who sent a mail.</summary>
/// <param name="Trust">How far.</param>
/// <param name="Reason">What that rests on, in words.</param>
/// <param name="Submitter">The organisation's domain: by the signature that holds, or else by the mail's own word; null when it does not say.</param>
/// <param name="MayYetBeProved">Whether DNS is at fault, so that the same mail may prove it later.</param>
internal sealed record SenderVerdict(Trust Trust, string Reason, string? Submitter, bool MayYetBeProved = false);
