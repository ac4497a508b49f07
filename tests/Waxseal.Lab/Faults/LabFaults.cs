namespace Waxseal.Lab.Faults;

/// <summary>Everything that can be broken in the laboratory.</summary>
internal static class LabFaults
{
    public static IReadOnlyList<LabFault> All { get; } =
    [
        .. RecordFaults.All, .. DnsFaults.All, .. ConnectionFaults.All, .. TlsFaults.All, .. HttpFaults.All, .. PolicyFaults.All,
        .. MxFaults.All, .. DaneFaults.All, .. DnssecFaults.All, .. CacheFaults.All, .. ReportingFaults.All,
    ];

    public static LabFault Get(string key) => All.First(fault => fault.Key == key);
}
