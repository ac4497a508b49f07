using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt.Records;

namespace Waxseal.Protocol.Diagnosis.Checks.Dns;

/// <summary>Checks of the TLS-RPT record (layer M).</summary>
internal static class TlsRptChecks
{
    public static IEnumerable<Detection> Find(CheckView view) => view.TlsRptRecord switch
    {
        TxtLookup<TlsRptRecord>.Several several => [Lost(view, "M04", $"There are {several.Count} records that begin with v=TLSRPTv1; so none counts.") with { Paste = Joined(view, view.Answer(view.TlsRptName, "TXT")) }],
        TxtLookup<TlsRptRecord>.Invalid invalid => [Slip(view, invalid.Problems)],
        TxtLookup<TlsRptRecord>.NoRecord none => Missing(view, none),
        TxtLookup<TlsRptRecord>.Found found => Found(view, found.Record),
        _ => [],
    };

    private static Detection Lost(CheckView view, string causeId, string seen) => new(causeId, Consequence.NoReports, view.TlsRptName, seen);

    private static Detection Slip(CheckView view, ImmutableArray<Problem> problems)
    {
        Problem problem = problems.First(problem => problem.Severity == ProblemSeverity.Error);
        string causeId = problem.Code.StartsWith("tlsrpt-record-version", StringComparison.Ordinal) ? "M02" : "M03";
        return Lost(view, causeId, problem.Text is { Length: > 0 } text ? $"\"{QuotedText.OneLine(text)}\": {problem.Message}" : problem.Message) with
        {
            Paste = problem.Correction is { } correction ? $"{view.TlsRptName}. 3600 IN TXT \"{correction}\"" : null,
        };
    }

    private static IEnumerable<Detection> Missing(CheckView view, TxtLookup<TlsRptRecord>.NoRecord none)
    {
        if (none.LookAlikes.FirstOrDefault(lookAlike => lookAlike.Problems.Any(problem => problem.Severity == ProblemSeverity.Error)) is { } slip)
            return [Slip(view, slip.Problems)];
        if (view.Facts.Lookups.FirstOrDefault(lookup => IsStray(view, lookup)) is { } stray)
            return [Lost(view, "M05", $"The record stands at {stray.Name}, and senders look at {view.TlsRptName}.") with { Paste = Joined(view, stray.Answer) }];

        // Who has no policy at all has little to be told of.
        bool expectsReports = view.MeansToHavePolicy || view.Facts.Lookups.Any(lookup => lookup is { Type: "TLSA", Answer.Outcome: DnsOutcome.Found });
        return [new("M01", expectsReports ? Consequence.NoReports : Consequence.Nothing, view.TlsRptName, $"There is no TXT record of TLS-RPT at {view.TlsRptName}.")];
    }

    // RFC 8460 §3: one record, with the places joined by commas.
    private static string? Joined(CheckView view, DnsAnswerFacts answer)
    {
        string[] places =
        [
            .. answer.Records.Select(record => TlsRptRecordReader.ReadAnswer([RecordWire.Strings(record)])).OfType<TxtLookup<TlsRptRecord>.Found>()
                .SelectMany(found => found.Record.Usable).Select(rua => rua.Text).Distinct(),
        ];
        return places.Length == 0 ? null : $"{view.TlsRptName}. 3600 IN TXT \"v=TLSRPTv1; rua={string.Join(',', places)}\"";
    }

    private static bool IsStray(CheckView view, LookupFacts lookup) => lookup.Type == "TXT" && lookup.Name != view.TlsRptName
        && lookup.Answer.Outcome == DnsOutcome.Found
        && TlsRptRecordReader.ReadAnswer(RecordWire.AllStrings(lookup.Answer)) is TxtLookup<TlsRptRecord>.Found;

    // Microsoft serves the first place alone.
    private static IEnumerable<Detection> Found(CheckView view, TlsRptRecord record) => record.Usable switch
    {
        [] => [Lost(view, "M03", "None of the places it names can be used.")],
        [_] => [],
        var places => [new("M07", Consequence.Nothing, view.TlsRptName, $"It names {places.Length} places; Microsoft serves the first, {places[0]}, alone.")],
    };
}
