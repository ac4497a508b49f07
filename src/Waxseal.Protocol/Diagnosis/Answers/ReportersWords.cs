using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>What each reporter said of a fault, in its own words: the result types, and its reasons behind them.</summary>
internal static class ReportersWords
{
    // More groups of reporters than this read like a list of all that can be said.
    private const int GroupsNamed = 5;

    public static string Of(Incident incident)
    {
        ImmutableArray<(ImmutableArray<Reporter> Reporters, string Words)> groups =
        [
            .. incident.FailingReporters
                .Select(reporter => (Reporter: reporter, Words: WordsOf(incident, reporter)))
                .Where(said => said.Words.Length > 0)
                .GroupBy(said => said.Words)
                .Select(same => (same.Select(said => said.Reporter).ToImmutableArray(), same.Key)),
        ];
        if (groups.IsEmpty)
            return " What went wrong is not said.";

        string more = incident.MxHosts.IsEmpty && incident.Faults.All(fault => Clean(fault.Reason).Length == 0) ? ", and nothing more" : "";
        return groups is [var only] && only.Reporters.Length == incident.FailingReporters.Length
            ? $" In the {(only.Reporters.Length > 1 ? "reporters'" : "reporter's")} words: {only.Words}{more}."
            : $" In the reporters' words: {Groups(groups)}{more}.";
    }

    private static string Groups(ImmutableArray<(ImmutableArray<Reporter> Reporters, string Words)> groups)
    {
        IEnumerable<string> named = groups.Take(GroupsNamed)
            .Select(group => $"{Phrase.Names(group.Reporters)} {(group.Reporters.Length > 1 ? "say" : "says")} {group.Words}");
        string rest = groups.Length > GroupsNamed ? $"; {groups.Length - GroupsNamed} others say something else" : "";
        return string.Join("; ", named) + rest;
    }

    private static string WordsOf(Incident incident, Reporter reporter) =>
        Phrase.List([.. incident.FailingOf(reporter).SelectMany(incident.FaultsOfFamily).Select(Words).Where(words => words.Length > 0).Distinct()]);

    private static string Words(Fault fault) => (Clean(fault.ResultType), Clean(fault.Reason)) switch
    {
        (var word, "") => word,
        ("", var reason) => $"\"{reason}\"",
        var (word, reason) => $"{word} (\"{reason}\")",
    };

    private static string Clean(string? text) => QuotedText.OneLine(text ?? "");
}
