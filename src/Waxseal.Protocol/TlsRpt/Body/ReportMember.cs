namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>The objects a report is made of.</summary>
internal enum ReportObject
{
    Report,
    DateRange,
    PolicyEntry,
    Policy,
    Summary,
    FailureDetail,
}

/// <summary>The members of these objects.</summary>
internal enum ReportMember
{
    Unknown,
    OrganizationName,
    DateRange,
    ContactInfo,
    ReportId,
    Policies,
    StartDateTime,
    EndDateTime,
    Policy,
    Summary,
    FailureDetails,
    PolicyType,
    PolicyString,
    PolicyDomain,
    MxHost,
    MisnamedMxHost,
    TotalSuccessfulSessionCount,
    TotalFailureSessionCount,
    ResultType,
    SendingMtaIp,
    ReceivingMxHostname,
    ReceivingMxHelo,
    ReceivingIp,
    FailedSessionCount,
    AdditionalInformation,
    MisnamedAdditionalInformation,
    FailureReasonCode,
    MisnamedFailureReasonCode,
}

/// <summary>The wire names of <see cref="ReportMember"/>.</summary>
internal static class ReportMembers
{
    // RFC 8460 §4.4. Deviation: the last three names stand for values there, yet some programs take them for the names
    // of members (corpus/reports/misnamed-members.json).
    private static readonly Entry[] Entries =
    [
        new(ReportMember.OrganizationName, ReportObject.Report, "organization-name"),
        new(ReportMember.DateRange, ReportObject.Report, "date-range"),
        new(ReportMember.ContactInfo, ReportObject.Report, "contact-info"),
        new(ReportMember.ReportId, ReportObject.Report, "report-id"),
        new(ReportMember.Policies, ReportObject.Report, "policies"),
        new(ReportMember.StartDateTime, ReportObject.DateRange, "start-datetime"),
        new(ReportMember.EndDateTime, ReportObject.DateRange, "end-datetime"),
        new(ReportMember.Policy, ReportObject.PolicyEntry, "policy"),
        new(ReportMember.Summary, ReportObject.PolicyEntry, "summary"),
        new(ReportMember.FailureDetails, ReportObject.PolicyEntry, "failure-details"),
        new(ReportMember.PolicyType, ReportObject.Policy, "policy-type"),
        new(ReportMember.PolicyString, ReportObject.Policy, "policy-string"),
        new(ReportMember.PolicyDomain, ReportObject.Policy, "policy-domain"),
        new(ReportMember.MxHost, ReportObject.Policy, "mx-host"),
        new(ReportMember.TotalSuccessfulSessionCount, ReportObject.Summary, "total-successful-session-count"),
        new(ReportMember.TotalFailureSessionCount, ReportObject.Summary, "total-failure-session-count"),
        new(ReportMember.ResultType, ReportObject.FailureDetail, "result-type"),
        new(ReportMember.SendingMtaIp, ReportObject.FailureDetail, "sending-mta-ip"),
        new(ReportMember.ReceivingMxHostname, ReportObject.FailureDetail, "receiving-mx-hostname"),
        new(ReportMember.ReceivingMxHelo, ReportObject.FailureDetail, "receiving-mx-helo"),
        new(ReportMember.ReceivingIp, ReportObject.FailureDetail, "receiving-ip"),
        new(ReportMember.FailedSessionCount, ReportObject.FailureDetail, "failed-session-count"),
        new(ReportMember.AdditionalInformation, ReportObject.FailureDetail, "additional-information"),
        new(ReportMember.FailureReasonCode, ReportObject.FailureDetail, "failure-reason-code"),
        new(ReportMember.MisnamedMxHost, ReportObject.Policy, "mx-host-pattern"),
        new(ReportMember.MisnamedAdditionalInformation, ReportObject.FailureDetail, "additional-info-uri"),
        new(ReportMember.MisnamedFailureReasonCode, ReportObject.FailureDetail, "failure-error-code"),
    ];

    /// <summary>The member of that name, or <see cref="ReportMember.Unknown"/>.</summary>
    public static ReportMember Find(ReportObject parent, ReadOnlySpan<byte> name)
    {
        foreach (Entry entry in Entries)
        {
            if (entry.Parent == parent && name.SequenceEqual(entry.Bytes))
                return entry.Member;
        }

        return ReportMember.Unknown;
    }

    /// <summary>The wire name of a known member.</summary>
    public static string Name(ReportMember member) => Array.Find(Entries, entry => entry.Member == member)!.Name;

    private sealed record Entry(ReportMember Member, ReportObject Parent, string Name)
    {
        public byte[] Bytes { get; } = System.Text.Encoding.ASCII.GetBytes(Name);
    }
}
