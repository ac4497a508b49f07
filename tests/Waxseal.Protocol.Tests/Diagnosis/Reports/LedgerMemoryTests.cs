using Waxseal.Protocol.Diagnosis.Reports;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Reports;

/// <summary>A ledger takes in years of reports, so what it keeps of each is little more than its numbers.</summary>
[Collection(typeof(Alone))]
public class LedgerMemoryTests
{
    private const int Reports = 4_000;
    private const int BytesForEach = 900;

    [Fact]
    public void What_is_kept_of_a_report_is_little()
    {
        var ledger = new ReportLedger();
        Fill(ledger, 0);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        Fill(ledger, Reports);

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(2 * Reports, ledger.Reports);
        Assert.InRange(grown / Reports, 1, BytesForEach);
    }

    // Forty policy domains, each with a policy and a TLSA record of its own and the same failures day after day.
    private static void Fill(ReportLedger ledger, int first)
    {
        for (int i = first; i < first + Reports; i++)
        {
            string policyDomain = $"d{i % 40}.example";
            DateOnly day = new DateOnly(2020, 1, 1).AddDays(i / 40);
            ledger.Add(Google.On(day).About(policyDomain).Sts(Policy("enforce", 604_800, $"mx.{policyDomain}")).Succeeded(i)
                .Failed(3, ValidationFailure, new string('r', 200), at: $"mx.{policyDomain}")
                .Tlsa($"3 1 1 {i % 40:D64}").Succeeded(i)
                .ToEvidence());
        }
    }
}

// What other tests allocate at the same time would count as well.
[CollectionDefinition(DisableParallelization = true)]
public class Alone;
