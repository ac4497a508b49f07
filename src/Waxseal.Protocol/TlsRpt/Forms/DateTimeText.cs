namespace Waxseal.Protocol.TlsRpt.Forms;

/// <summary>Reads and writes the times of a report (RFC 3339 §5.6).</summary>
internal static class DateTimeText
{
    /// <summary>Reads a date-time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="utc">The time in UTC; what goes beyond 100 ns is dropped.</param>
    /// <param name="hasZone">False when the text has no zone; it was then read as UTC.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset utc, out bool hasZone)
    {
        var reader = new DateTimeTextReader(text);
        return reader.TryReadDateTime(out utc, out hasZone);
    }

    /// <summary>The form of RFC 8460 §4.4: whole seconds, in UTC.</summary>
    public static string Format(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A cursor over a date-time. Each method reads one production of RFC 3339 §5.6 and moves past it.</summary>
internal ref struct DateTimeTextReader(ReadOnlySpan<char> text)
{
    private const int FractionDigitsKept = 7;

    private ReadOnlySpan<char> _rest = text;

    // date-time = full-date "T" full-time; RFC 5234 §2.3: the letters in either case
    public bool TryReadDateTime(out DateTimeOffset utc, out bool hasZone)
    {
        utc = default;
        hasZone = false;
        if (!TryReadFullDate(out DateTime date) || !TryTake('T') || !TryReadPartialTime(out TimeSpan time))
            return false;

        TimeSpan offset = default;
        hasZone = !_rest.IsEmpty;
        if (hasZone && !TryReadTimeOffset(out offset))
            return false;

        long ticks = date.Ticks + time.Ticks - offset.Ticks;
        if (!_rest.IsEmpty || ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;

        utc = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    // full-date = date-fullyear "-" date-month "-" date-mday
    private bool TryReadFullDate(out DateTime date)
    {
        date = default;
        if (!TryReadNumber(4, out int year) || !TryTake('-')
            || !TryReadNumber(2, out int month) || !TryTake('-')
            || !TryReadNumber(2, out int day))
        {
            return false;
        }

        if (year is 0 || month is 0 or > 12 || day is 0 || day > DateTime.DaysInMonth(year, month))
            return false;

        date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        return true;
    }

    // partial-time = time-hour ":" time-minute ":" time-second [time-secfrac]
    private bool TryReadPartialTime(out TimeSpan time)
    {
        time = default;
        if (!TryReadNumber(2, out int hour) || !TryTake(':')
            || !TryReadNumber(2, out int minute) || !TryTake(':')
            || !TryReadNumber(2, out int second))
        {
            return false;
        }

        // RFC 3339 §5.7: hours run to 23, seconds to 60 in a leap second, which no clock of ours can show.
        if (hour > 23 || minute > 59 || second > 60 || !TryReadFraction(out long ticks))
            return false;

        time = new TimeSpan(hour, minute, Math.Min(second, 59)) + TimeSpan.FromTicks(ticks);
        return true;
    }

    // time-secfrac = "." 1*DIGIT
    private bool TryReadFraction(out long ticks)
    {
        ticks = 0;
        if (!TryTake('.'))
            return true;

        int length = 0;
        for (; length < _rest.Length && char.IsAsciiDigit(_rest[length]); length++)
        {
            if (length < FractionDigitsKept)
                ticks = (ticks * 10) + (_rest[length] - '0');
        }

        for (int missing = length; missing < FractionDigitsKept; missing++)
            ticks *= 10;
        _rest = _rest[length..];
        return length > 0;
    }

    // time-offset = "Z" / time-numoffset; time-numoffset = ("+" / "-") time-hour ":" time-minute
    private bool TryReadTimeOffset(out TimeSpan offset)
    {
        offset = default;
        if (TryTake('Z'))
            return true;

        bool isNegative = _rest[0] == '-';
        if (!isNegative && _rest[0] != '+')
            return false;

        _rest = _rest[1..];
        if (!TryReadNumber(2, out int hour) || !TryTake(':') || !TryReadNumber(2, out int minute))
            return false;

        offset = new TimeSpan(hour, minute, 0) * (isNegative ? -1 : 1);
        return hour <= 23 && minute <= 59;
    }

    private bool TryTake(char wanted)
    {
        if (_rest.IsEmpty || char.ToUpperInvariant(_rest[0]) != wanted)
            return false;

        _rest = _rest[1..];
        return true;
    }

    private bool TryReadNumber(int digits, out int number)
    {
        number = 0;
        if (_rest.Length < digits)
            return false;

        foreach (char digit in _rest[..digits])
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            number = (number * 10) + (digit - '0');
        }

        _rest = _rest[digits..];
        return true;
    }
}
