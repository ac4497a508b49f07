using Waxseal.Protocol.Parsing;

namespace Waxseal.Linting;

/// <summary>
/// Judges several TXT records together, as whoever looks the name up has to: <c>dig +short</c> prints one to a line.
/// </summary>
/// <param name="version">What a record of the standard begins with, before a semicolon.</param>
/// <param name="kind">The first words of the codes.</param>
/// <param name="rule">The section that says how to pick the one that counts.</param>
/// <param name="readers">Who reads the records.</param>
internal sealed class RecordAnswer(string version, string kind, string rule, string readers)
{
    /// <summary>What comes of the records.</summary>
    /// <param name="pasted">The text that was handed in.</param>
    /// <param name="lookUp">Picks the record that counts by the rule of the standard.</param>
    /// <param name="readOne">Reads one record.</param>
    public LintReading Read<T>(
        ReadOnlyMemory<byte> pasted,
        Func<IReadOnlyCollection<IReadOnlyList<ReadOnlyMemory<byte>>>, TxtLookup<T>> lookUp,
        Func<ReadOnlyMemory<byte>, LintReading> readOne)
        where T : class
    {
        if (RecordText.Lines(pasted) is not { } records)
            return readOne(RecordText.Of(pasted));
        if (records.Count == 1)
            return readOne(records[0]);

        // RFC 8461 §3.1, RFC 8460 §3: records that do not begin with the version are discarded; of the rest there has to
        // be exactly one.
        return lookUp([.. records.Select(record => new[] { record })]) switch
        {
            TxtLookup<T>.Several several => Refuse(pasted, "several",
                $"{several.Count} records begin with {version} and so {readers} take none of them. Remove all but one."),
            TxtLookup<T>.NoRecord => Refuse(pasted, "none",
                $"None of the {records.Count} TXT records begins with {version} and so {readers} find no record."),
            _ => readOne(records.Find(record => record.Span.StartsWith(System.Text.Encoding.ASCII.GetBytes(version)))),
        };
    }

    private LintReading Refuse(ReadOnlyMemory<byte> pasted, string code, string message) => new(
        pasted,
        false,
        null,
        [new Problem($"{kind}-{code}", ProblemSeverity.Error, new Place(0, 1, 1), message, rule)]);
}
