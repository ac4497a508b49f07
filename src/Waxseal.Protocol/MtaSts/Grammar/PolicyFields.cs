using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Waxseal.Protocol.MtaSts.Slips;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Grammar;

/// <summary>The fields of a policy as they come in: values of the known ones, and which were seen.</summary>
internal sealed class PolicyFields(ProblemList problems)
{
    private const int MaxDigits = 10;

    private readonly HashSet<MxPattern> _known = [];
    private readonly List<(MxPattern Pattern, Piece Value)> _mx = [];
    private bool _versionSeen;
    private bool _modeSeen;
    private bool _maxAgeSeen;
    private bool _mxSeen;
    private StsMode? _meantMode;

    public StsMode? Mode { get; private set; }

    public long? MaxAge { get; private set; }

    /// <summary>Where the value of <c>max_age</c> stands.</summary>
    public Piece MaxAgeValue { get; private set; }

    /// <summary>The MX patterns, each with where it stands.</summary>
    public IReadOnlyList<(MxPattern Pattern, Piece Value)> Mx => _mx;

    // RFC 8461 §3.2: the names are case-sensitive.
    public static bool IsKnown(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("version"u8) || name.SequenceEqual("mode"u8)
        || name.SequenceEqual("max_age"u8) || name.SequenceEqual("mx"u8);

    /// <summary>Notes a field whose value cannot be read, so that it is not called missing too.</summary>
    public void MarkSeen(ReadOnlySpan<byte> name)
    {
        _versionSeen |= name.SequenceEqual("version"u8);
        _modeSeen |= name.SequenceEqual("mode"u8);
        _maxAgeSeen |= name.SequenceEqual("max_age"u8);
        _mxSeen |= name.SequenceEqual("mx"u8);
    }

    public void Accept(
        ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int offset, int valueOffset)
    {
        if (name.SequenceEqual("mx"u8))
            AcceptMx(value, valueOffset);
        else if (!IsKnown(name))
            AdviseOnName(name, value, offset);
        else if (IsRepeated(name))
            AdviseOnRepetition(name, offset);
        else if (name.SequenceEqual("version"u8))
            AcceptVersion(value, valueOffset);
        else if (name.SequenceEqual("mode"u8))
            AcceptMode(value, valueOffset);
        else
            AcceptMaxAge(value, valueOffset);
        MarkSeen(name);
    }

    public void CheckPresence(int end)
    {
        if (!_versionSeen)
        {
            problems.Error("sts-policy-version-missing", new(end, 0),
                "The policy has no version. Add the line.", "version: STSv1");
        }

        if (!_modeSeen)
        {
            problems.Error("sts-policy-mode-missing", new(end, 0),
                "The policy has no mode. Add a line such as 'mode: testing'.");
        }

        if (!_maxAgeSeen)
        {
            problems.Error("sts-policy-max-age-missing", new(end, 0),
                "The policy has no max_age. Add a line such as 'max_age: 604800'.");
        }

        // RFC 8461 §3.2: at least one mx, except when the mode is none.
        if (!_mxSeen && _meantMode != StsMode.None)
        {
            problems.Error("sts-policy-mx-missing", new(end, 0),
                "The policy names no MX host. Add an 'mx:' line for each host that takes mail for the domain.");
        }
    }

    /// <summary>The policy; to be asked for only when no problem is fatal.</summary>
    public StsPolicy ToPolicy(ImmutableArray<string> lines) =>
        new(Mode!.Value, TimeSpan.FromSeconds(MaxAge!.Value), [.. _mx.Select(entry => entry.Pattern)], lines);

    // RFC 8461 §3.2: of a field other than mx, all entries except for the first are ignored.
    private bool IsRepeated(ReadOnlySpan<byte> name) =>
        (_versionSeen && name.SequenceEqual("version"u8))
        || (_modeSeen && name.SequenceEqual("mode"u8))
        || (_maxAgeSeen && name.SequenceEqual("max_age"u8));

    private void AdviseOnRepetition(ReadOnlySpan<byte> name, int offset) =>
        problems.Warning("sts-policy-field-repeated", new(offset, name.Length),
            "The field was given before, and the first one counts. Remove this line: some sending MTAs refuse such a "
            + "policy.");

    // RFC 8461 §3.2: unknown fields are ignored.
    private void AdviseOnName(
        ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int offset)
    {
        string text = Encoding.ASCII.GetString(name);
        if (Misspelling.OfPolicyField(text) is { } meant)
        {
            problems.Warning("sts-policy-field-misspelt", new(offset, name.Length),
                $"Sending MTAs ignore the field '{text}'. If '{meant}' is meant, write it exactly so.",
                $"{meant}: {Encoding.UTF8.GetString(value)}");
            return;
        }

        problems.Warning("sts-policy-field-unknown", new(offset, name.Length),
            $"Sending MTAs ignore the field '{text}'. Remove the line unless you need it.");
    }

    // RFC 8461 §3.2: sts-policy-version-value = %s"STSv1"
    private void AcceptVersion(ReadOnlySpan<byte> value, int offset)
    {
        if (!value.SequenceEqual("STSv1"u8))
        {
            problems.Error("sts-policy-version-unknown", new(offset, value.Length),
                "The version must be exactly STSv1, with these capital letters.", "version: STSv1");
        }
    }

    // RFC 8461 §3.2: sts-policy-mode-value = %s"testing" / %s"enforce" / %s"none"
    private void AcceptMode(ReadOnlySpan<byte> value, int offset)
    {
        string text = Encoding.UTF8.GetString(value);
        Mode = StsModes.FromWord(text);
        _meantMode = Mode ?? ValueSlips.MeantMode(text);

        // RFC 8461 §3.2: by the grammar a malformed known field also passes as an unknown one.
        // Deviation: it makes the policy invalid here, since its author meant the known one.
        if (Mode is null)
        {
            problems.Error("sts-policy-mode-unknown", new(offset, value.Length),
                "The mode must be exactly enforce, testing or none, in lower case and with nothing behind it.",
                _meantMode is { } mode ? $"mode: {mode.ToWord()}" : null);
        }
    }

    // RFC 8461 §3.2: sts-policy-max-age-value = 1*10(DIGIT)
    private void AcceptMaxAge(ReadOnlySpan<byte> value, int offset)
    {
        MaxAgeValue = new(offset, value.Length);
        if (value.Length > MaxDigits || value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            ReadOnlySpan<byte> beginning = value[..Math.Min(value.Length, ProblemList.MaxExcerpt)];
            long? meant = ValueSlips.MeantMaxAge(Encoding.UTF8.GetString(beginning));
            problems.Error("sts-policy-max-age-invalid", MaxAgeValue,
                "max_age is a number of seconds: 1 to 10 digits and nothing else.",
                meant is null ? null : $"max_age: {meant}");
            return;
        }

        long seconds = long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
        long longest = StsPolicy.LongestMaxAge.Ticks / TimeSpan.TicksPerSecond;
        if (seconds > longest)
        {
            // RFC 8461 §3.2: the maximum is 31557600; what a sending MTA makes of more is left open.
            // Deviation: the value is cut to the maximum, so that a slip in it does not undo the whole policy.
            problems.Tolerable("sts-policy-max-age-too-large", MaxAgeValue,
                "max_age may be 31557600 seconds, a year, at most. Some sending MTAs refuse the policy for more.",
                $"max_age: {longest}");
        }

        MaxAge = Math.Min(seconds, longest);
    }

    // RFC 8461 §3.2: each MX pattern has its own mx line.
    private void AcceptMx(ReadOnlySpan<byte> value, int offset)
    {
        if (!MxPattern.TryParse(value, out MxPattern? pattern, out DomainNameError? error))
        {
            MxSlip slip = MxSlips.Explain(Encoding.UTF8.GetString(value), error);
            problems.Error(slip.Code, new(offset, value.Length), slip.Message, slip.Correction);
            return;
        }

        _mx.Add((pattern, new(offset, value.Length)));
        if (!_known.Add(pattern))
        {
            problems.Warning("sts-policy-mx-repeated", new(offset, value.Length),
                "The same pattern was given before. Remove this line.");
        }
    }
}
