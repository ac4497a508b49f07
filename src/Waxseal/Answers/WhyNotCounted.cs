using Waxseal.Storage;
using Waxseal.Storage.Reports;

namespace Waxseal.Answers;

/// <summary>Why a report does not count, and what to do about it.</summary>
/// <param name="Reason">Why, as a sentence without its end.</param>
/// <param name="Remedy">What to do, in sentences; empty where nothing is to be done.</param>
internal sealed record WhyNotCounted(string Reason, string Remedy)
{
    private const string ThenReparse = "waxseal store reparse then lets count what is here.";

    /// <summary>Why a stored report does not count; null for one that does.</summary>
    public static WhyNotCounted? Of(StoredReport report) => Of(report.State, report.Arrival, report.Reference.PolicyDomain, report.Fault);

    /// <summary>Why reports of one kind are in quarantine.</summary>
    public static WhyNotCounted Of(ReportCount quarantined) => OfQuarantined(quarantined.Channel, quarantined.Trust, trustReason: "", quarantined.Fault);

    /// <summary>Why a report does not count; null for one that does.</summary>
    /// <param name="state">What it is.</param>
    /// <param name="arrival">How it came.</param>
    /// <param name="policyDomain">What it is about.</param>
    /// <param name="fault">Why it cannot be read or cannot be true, or null.</param>
    public static WhyNotCounted? Of(ReportState state, Arrival arrival, string policyDomain, string? fault) => state switch
    {
        ReportState.Counted => null,
        ReportState.Quarantined => OfQuarantined(arrival.Channel, arrival.Trust, arrival.TrustReason, fault),
        ReportState.Replaced => new("It was sent again with other numbers or with a better proof, and that one counts", ""),
        ReportState.Conflicting => new("It claims to be a report that is here with other numbers, and is less to be trusted", ""),
        ReportState.Foreign => new($"It is about {(policyDomain.Length > 0 ? policyDomain : "no policy domain")}, which is not one of reportIntake.domains", "If the policy domain is yours, add it to reportIntake.domains; what comes then counts."),
        _ => new(fault?.TrimEnd('.') ?? "It cannot be read as a report", "If it should be a report, tell its sender."),
    };

    private static WhyNotCounted OfQuarantined(Channel channel, Trust trust, string trustReason, string? fault)
    {
        if (fault is not null)
            return new(fault.TrimEnd('.'), "Ask its sender.");
        string because = trustReason.Length > 0 ? $": {trustReason}" : "";
        return trust switch
        {
            Trust.Failed => new($"{(trustReason.Length > 0 ? trustReason : "The DKIM signature of the mail does not hold")} (reportIntake.failed = \"quarantine\" keeps it apart)",
                $"It may be forged, or was changed on its way here. To let such reports count, set reportIntake.failed to \"accept\"; {ThenReparse}"),
            Trust.Unverified when channel is Channel.Smtp or Channel.Lmtp or Channel.Imap or Channel.Maildir => new(
                $"It is not proved who sent the mail{because} (reportIntake.unverifiedMail = \"quarantine\" keeps it apart)",
                $"If a mail server in front checks DKIM, {(channel == Channel.Smtp ? "let it hand mails over by LMTP and " : "")}name it in reportIntake.trustedRelays, for mails to come. To let such reports count, set reportIntake.unverifiedMail to \"accept\"; {ThenReparse}"),
            _ => new($"It is not proved who sent it{because} (reportIntake.unverified = \"quarantine\" keeps it apart)",
                $"To let such reports count, set reportIntake.unverified to \"accept\"; {ThenReparse}"),
        };
    }
}
