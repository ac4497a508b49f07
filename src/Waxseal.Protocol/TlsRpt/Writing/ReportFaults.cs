using System.Collections.Immutable;
using System.Text.Json;

namespace Waxseal.Protocol.TlsRpt.Writing;

/// <summary>Keeps the first thing that does not conform, and its place; has the checks that many members share.</summary>
internal sealed class ReportFaults
{
    private const int NoIndex = -1;
    private const int MostBytesOfCharacter = 6;

    private int _policy = NoIndex;
    private int _failure = NoIndex;

    public ReportWriteError? First { get; private set; }

    public void Enter(int policy) => _policy = policy;

    public void EnterFailure(int failure) => _failure = failure;

    public void LeaveFailure() => _failure = NoIndex;

    public void Add(string member, string message)
    {
        string policy = _policy == NoIndex ? "" : $"/policies/{_policy}";
        string failure = _failure == NoIndex ? "" : $"/failure-details/{_failure}";
        First ??= new ReportWriteError($"{policy}{failure}/{member}", message);
    }

    public string Required(string? text, string member)
    {
        if (string.IsNullOrEmpty(text))
            Add(member, "The text is required.");
        return Optional(text, member) ?? "";
    }

    /// <summary>A text of one line; nothing when it is empty, for members without value are left out.</summary>
    public string? Optional(string? text, string member)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        if (text.AsSpan().ContainsAnyInRange('\0', '\u001F') || text.Contains('\u007F', StringComparison.Ordinal))
            Add(member, "The text has control characters.");
        CheckCharacters(text, member);
        return text;
    }

    // RFC 7493 §2.1: no surrogates on their own.
    public void CheckCharacters(string text, string member)
    {
        bool hasHalfPair = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else
                hasHalfPair |= char.IsSurrogate(text[i]);
        }

        if (hasHalfPair || text.Contains('\0', StringComparison.Ordinal))
            Add(member, "The text has half a surrogate pair or NUL.");
        else if (IsTooLong(text))
            Add(member, $"The text is longer than {ReportLimits.TextBytes} bytes.");
    }

    public void CheckLength(ImmutableArray<string> entries, string member)
    {
        if (entries.Length > ReportLimits.ListEntries)
            Add(member, $"The list has more than {ReportLimits.ListEntries} entries.");
    }

    // RFC 7493 §2.2: exact in double precision, so up to 2^53.
    public long Count(long sessions, string member)
    {
        if (sessions is < 0 or > ReportLimits.Sessions)
            Add(member, $"A count is a number from 0 to {ReportLimits.Sessions}.");
        return sessions;
    }

    private static bool IsTooLong(string text) =>
        text.Length > ReportLimits.TextBytes / MostBytesOfCharacter
        && JsonEncodedText.Encode(text, ReportWriter.Encoder).EncodedUtf8Bytes.Length > ReportLimits.TextBytes;
}
