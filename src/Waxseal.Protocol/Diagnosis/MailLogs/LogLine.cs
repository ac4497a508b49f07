using System.Globalization;

namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>A line of a log, without what the logging system puts before it.</summary>
/// <param name="When">When it was written; null where the line does not say.</param>
/// <param name="Host">The host that wrote it; empty where the line does not say.</param>
/// <param name="Program">The program, such as <c>postfix/smtp</c>; empty where the line does not say.</param>
/// <param name="Process">The number of the process; empty where the line does not say.</param>
/// <param name="Message">The rest.</param>
internal sealed record LogLine(DateTimeOffset? When, string Host, string Program, string Process, string Message)
{
    // rsyslog's and journalctl's forms of RFC 3339 §5.6, with and without colon in the zone, and Exim's without any.
    private static readonly string[] TimeForms =
    [
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", "yyyy-MM-ddTHH:mm:ss,FFFFFFFzzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    // What container logs put where others name the host.
    private static readonly string[] Levels = ["INFO", "NOTICE", "WARNING", "WARN", "ERROR", "ERR", "CRIT", "DEBUG"];

    /// <summary>Whether anything stood before the message.</summary>
    public bool HasPrefix => When is not null || Program.Length > 0;

    /// <summary>What one line of a log tells.</summary>
    /// <param name="text">The line.</param>
    /// <param name="asOf">Now: traditional lines name no year.</param>
    public static LogLine Of(string text, DateTimeOffset asOf)
    {
        string rest = WithoutContainer(WithoutPriority(text.Trim()), asOf);
        (DateTimeOffset? when, rest) = TakeTime(rest, asOf);
        if (when is null)
            return TakeProgram(rest) is { } bare ? new(null, "", bare.Program, bare.Process, bare.Message) : new(null, "", "", "", rest);

        if (TakeProgram(rest) is { } program)
            return new(when, "", program.Program, program.Process, program.Message);
        (string word, string after) = FirstWord(rest);
        string host = Levels.Contains(word) || !IsHost(word) ? "" : word.ToLowerInvariant();
        if (TakeProgram(after) is { } named)
            return new(when, host, named.Program, named.Process, named.Message);
        return TakeStructured(after) is { } structured
            ? new(when, host, structured.Program, structured.Process, structured.Message)
            : new(when, "", "", "", rest);
    }

    // RFC 5424 §6.2.1: PRI = "<" PRIVAL ">", then VERSION.
    private static string WithoutPriority(string text)
    {
        int end = text.IndexOf('>', StringComparison.Ordinal);
        if (end is < 2 or > 4 || text[0] != '<' || !text.AsSpan(1, end - 1).ContainsOnlyDigits())
            return text;
        string rest = text[(end + 1)..];
        return rest.StartsWith("1 ", StringComparison.Ordinal) ? rest[2..] : rest;
    }

    // docker compose: "postfix         | 2021-01-24T14:43:33+00:00 INFO    postfix/smtp[138]: ..."
    private static string WithoutContainer(string text, DateTimeOffset asOf)
    {
        int bar = text.IndexOf(" | ", StringComparison.Ordinal);
        return bar is > 0 and < 64 && TakeTime(text[(bar + 3)..].TrimStart(), asOf).When is not null ? text[(bar + 3)..].TrimStart() : text;
    }

    private static (DateTimeOffset? When, string After) TakeTime(string text, DateTimeOffset asOf)
    {
        if (text.Length > 15 && Array.IndexOf(Months, text[..3]) is >= 0 and var month && TraditionalTime(text, month + 1, asOf) is { } traditional)
            return (traditional, text[15..].TrimStart());

        (string first, string after) = FirstWord(text);
        if (TryTime(first, out DateTimeOffset when))
            return (when, after);
        (string second, string rest) = FirstWord(after);
        if (second.Length == 0 || !TryTime($"{first} {second}", out when))
            return (null, text);

        // Exim with timezone in its selector: "2026-11-27 20:53:30 +0000 ".
        (string zone, string beyond) = FirstWord(rest);
        return zone.Length == 5 && zone[0] is '+' or '-' && int.TryParse(zone, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int offset)
            && Math.Abs(offset) < 1500
            ? (Shift(when, -TimeSpan.FromMinutes((offset / 100 * 60) + (offset % 100))), beyond)
            : (when, rest);
    }

    // A line without a zone is taken as UTC: its zone nobody knows here, and a day is near enough.
    private static bool TryTime(string word, out DateTimeOffset when) => DateTimeOffset.TryParseExact(
        word.EndsWith('Z') ? $"{word[..^1]}+00:00" : word, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out when);

    // "Nov 27 20:53:30", "Feb  2 12:15:21": the year is the latest that does not lie in the future.
    private static DateTimeOffset? TraditionalTime(string text, int month, DateTimeOffset asOf)
    {
        if (text[3] != ' ' || text[6] != ' ' || !int.TryParse(text.AsSpan(4, 2), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int day)
            || !TimeOnly.TryParseExact(text.AsSpan(7, 8), "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time))
        {
            return null;
        }

        DateTimeOffset latest = Shift(asOf, TimeSpan.FromDays(1));
        for (int year = latest.Year; year > Math.Max(0, latest.Year - 9); year--)
        {
            if (day < 1 || day > DateTime.DaysInMonth(year, month))
                continue;
            DateTimeOffset when = new(new DateOnly(year, month, day), time, TimeSpan.Zero);
            if (when <= latest)
                return when;
        }

        return null;
    }

    private static DateTimeOffset Shift(DateTimeOffset time, TimeSpan by) =>
        new(Math.Clamp(time.UtcTicks + by.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);

    // "postfix/smtp[80090]: ", "sm-mta[7423]: ", "smtpd: "
    private static (string Program, string Process, string Message)? TakeProgram(string text)
    {
        int colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon is < 1 or > 80)
            return null;
        string word = text[..colon];
        int open = word.IndexOf('[', StringComparison.Ordinal);
        string program = open < 0 ? word : word[..open];
        string process = open >= 0 && word[^1] == ']' ? word[(open + 1)..^1] : "";
        return program.Length > 0 && (process.Length > 0 ? process.AsSpan().ContainsOnlyDigits() : IsKnown(program)) && !program.Any(c => c is ' ' or '<' or '@' or '"')
            ? (program, process, text[(colon + 2)..].TrimStart())
            : null;
    }

    // RFC 5424 §6.2.5: APP-NAME, PROCID, MSGID, then the structured data and the message.
    private static (string Program, string Process, string Message)? TakeStructured(string text)
    {
        string[] words = text.Split(' ', 5);
        return words.Length == 5 && IsKnown(words[0]) && (words[1] == "-" || words[1].AsSpan().ContainsOnlyDigits())
            ? (words[0], words[1] == "-" ? "" : words[1], words[4].TrimStart('\uFEFF'))
            : null;
    }

    private static bool IsKnown(string program) =>
        program.StartsWith("postfix", StringComparison.Ordinal) || program.StartsWith("exim", StringComparison.Ordinal)
        || program is "sendmail" or "sm-mta" or "smtpd";

    private static bool IsHost(string word) => word.Length is > 0 and <= 255 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':');

    private static (string Word, string After) FirstWord(string text)
    {
        int space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, "") : (text[..space], text[(space + 1)..].TrimStart());
    }
}
