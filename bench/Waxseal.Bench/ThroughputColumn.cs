using System.Globalization;
using System.Text;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Waxseal.Bench;

/// <summary>Megabytes a second: the bytes of the <see cref="Text"/> a benchmark reads, by its mean time.</summary>
internal sealed class ThroughputColumn : IColumn
{
    public string Id => nameof(ThroughputColumn);

    public string ColumnName => "MB/s";

    public string Legend => "1,000,000 bytes of input a second";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        benchmarkCase.Parameters["Input"] is Text text && summary[benchmarkCase]?.ResultStatistics is { } statistics
            ? (text.Bytes.Length * 1000 / statistics.Mean).ToString("N0", CultureInfo.InvariantCulture)
            : "?";
}

/// <summary>A named input.</summary>
public sealed record Text(string Name, byte[] Bytes)
{
    internal static Text Of(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    public override string ToString() => Name;
}
