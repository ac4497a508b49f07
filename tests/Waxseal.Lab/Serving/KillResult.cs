using System.Globalization;
using System.Text.Json;

namespace Waxseal.Lab.Serving;

/// <summary>What came of a loop of kills or outages.</summary>
/// <param name="Kills">How often something was killed or taken away.</param>
/// <param name="Sent">Reports sent.</param>
/// <param name="Answered">Reports answered as stored.</param>
/// <param name="Refused">Answers that the report may be sent again later.</param>
/// <param name="Lost">Reports answered as stored that are not there.</param>
/// <param name="Doubled">Reports that are there more than once.</param>
/// <param name="Stored">Reports that are there.</param>
internal sealed record KillResult(int Kills, int Sent, int Answered, int Refused, int Lost, int Doubled, int Stored)
{
    /// <summary>Holds what was answered against what is in the store.</summary>
    public static async Task<KillResult> OfAsync(int kills, ReportSenders senders, IReadOnlyList<string> program, string configuration, CancellationToken cancellationToken)
    {
        Dictionary<string, int> stored = await StoredAsync(program, configuration, cancellationToken);
        return new(kills, senders.Sent, senders.AnsweredCount, senders.Refused, senders.Answered.Count(id => !stored.ContainsKey(id)), stored.Values.Count(times => times > 1), stored.Count);
    }

    /// <summary>How often each report-id stands in the store as one that counts.</summary>
    public static async Task<Dictionary<string, int>> StoredAsync(IReadOnlyList<string> program, string configuration, CancellationToken cancellationToken)
    {
        Dictionary<string, int> stored = [];
        await foreach (JsonElement report in StoreExport.ReadAsync(program, configuration, cancellationToken))
        {
            string id = report.GetProperty("report_id").GetString()!;
            stored[id] = stored.GetValueOrDefault(id) + 1;
        }

        return stored;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Kills} kills, {Sent} sent, {Answered} answered as stored, {Refused} to be sent again, {Lost} lost, {Doubled} doubled, {Stored} stored");
}
