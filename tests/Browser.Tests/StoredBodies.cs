using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Browser.Tests;

/// <summary>The bodies of the reports that count, read from the database beside the program.</summary>
internal static class StoredBodies
{
    /// <summary>What each policy of each report says.</summary>
    public static IReadOnlyList<StoredSum> In(string database)
    {
        SQLitePCL.Batteries_V2.Init();
        using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT body FROM report JOIN report_body USING (policy_domain, report_key) WHERE state = 'counted'";
        using SqliteDataReader rows = command.ExecuteReader();
        List<StoredSum> sums = [];
        while (rows.Read())
        {
            using GZipStream body = new(rows.GetStream(0), CompressionMode.Decompress);
            using JsonDocument report = JsonDocument.Parse(body);
            sums.AddRange(In(report.RootElement));
        }

        return sums;
    }

    private static List<StoredSum> In(JsonElement report)
    {
        string day = report.GetProperty("date-range").GetProperty("start-datetime").GetString()![..10];
        return [.. report.GetProperty("policies").EnumerateArray().Select(policy => new StoredSum(
            policy.GetProperty("policy").GetProperty("policy-domain").GetString()!, day, Count(policy, "successful"), Count(policy, "failure")))];
    }

    private static long Count(JsonElement policy, string of) => policy.GetProperty("summary").GetProperty($"total-{of}-session-count").GetInt64();
}

/// <summary>Sessions of a policy domain on a day, as one report counts them.</summary>
internal sealed record StoredSum(string PolicyDomain, string Day, long Successful, long Failed);
