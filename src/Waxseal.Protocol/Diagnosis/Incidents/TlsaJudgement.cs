using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Dane.Presentation;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>The TLSA records of reports, held against what a sender can use (RFC 6698 §4.1, RFC 7672 §3.1).</summary>
/// <param name="NoneUsable">Whether there are records, and none of them can be used.</param>
/// <param name="Defects">The records that cannot be used, each with the reason.</param>
internal sealed record TlsaJudgement(bool NoneUsable, ImmutableArray<(string Record, TlsaDefect Defect)> Defects)
{
    // A policy domain has few records; so many show what is wrong.
    private const int MostRecords = 100;

    public static TlsaJudgement Of(IEnumerable<string> records)
    {
        string[] distinct = [.. records.Distinct().Take(MostRecords)];
        ImmutableArray<(string, TlsaDefect)> defects =
        [
            .. from record in distinct
               let defect = DefectOf(record)
               where defect is not null
               select (record, defect.Value),
        ];
        return new(distinct.Length > 0 && defects.Length == distinct.Length, defects);
    }

    // Of a record that cannot be read nothing is known.
    private static TlsaDefect? DefectOf(string record) =>
        TlsaRecordReader.Read(Encoding.UTF8.GetBytes(record)).Value is { } read
            ? TlsaUsability.DefectOf(read, DigestOrder.Default)
            : null;
}
