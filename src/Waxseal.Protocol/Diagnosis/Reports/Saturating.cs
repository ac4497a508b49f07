namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>Sums of session counts. A count is a stranger's number, so a sum stops at its largest value and never turns negative.</summary>
internal static class Saturating
{
    public static long Add(params ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (long count in counts)
            sum = count > long.MaxValue - sum ? long.MaxValue : sum + count;
        return sum;
    }
}
