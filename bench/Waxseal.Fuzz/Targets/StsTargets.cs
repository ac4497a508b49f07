using System.Text;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Fuzz.Targets;

/// <summary>The parsers of <c>MtaSts/</c>.</summary>
internal static class StsTargets
{
    private static readonly DateOnly Today = new(2026, 1, 1);

    public static readonly FuzzTarget Record = new(
        "sts-record",
        ReadRecord,
        () => Seeds.Vectors("sts-record"),
        "v=STSv1", "id=", ";", "; ", "\"", "v=TLSRPTv1");

    public static readonly FuzzTarget Policy = new(
        "sts-policy",
        ReadPolicy,
        () => Seeds.Vectors("sts-policy"),
        "version: STSv1\n", "mode: enforce\n", "mode: testing\n", "mode: none\n", "mx: ", "*.", "max_age: ", "31557600", "\r\n", "<html>", "\uFEFF");

    public static readonly FuzzTarget Pattern = new(
        "mx-pattern",
        ReadPattern,
        () => [.. Seeds.Vectors("mx-match"), .. Seeds.Texts("*.example.com", "*.a", "*.", "*")],
        "*.", "*", ".", "-", "xn--");

    private static void ReadRecord(ReadOnlySpan<byte> text)
    {
        Parsed<StsRecord> parsed = StsRecordReader.Read(text, Today);
        Promise.KeptToTheEnd(parsed, text);
        if (parsed.Value is { } record)
        {
            Promise.Kept(record.Id.Length is > 0 and <= StsRecord.MaxIdLength, "A policy id keeps its limit.");
            Parsed<StsRecord> again = StsRecordReader.Read(Encoding.ASCII.GetBytes(record.Text), Today);
            Promise.Kept(again.Conforms && record == again.Value, "A record reads back as it was written.");
        }
    }

    private static void ReadPolicy(ReadOnlySpan<byte> body)
    {
        Parsed<StsPolicy> parsed = StsPolicyReader.Read(body);
        Promise.KeptToTheEnd(parsed, body);
        if (parsed.Value is { } policy)
        {
            Parsed<StsPolicy> again = StsPolicyReader.Read(StsPolicyWriter.Write(policy));
            Promise.Kept(again.Conforms && policy.Equals(again.Value), "A policy reads back as it was written.");
        }
    }

    private static void ReadPattern(ReadOnlySpan<byte> text)
    {
        if (!MxPattern.TryParse(text, out MxPattern? pattern, out DomainNameError? error))
        {
            Promise.Kept(error.Offset >= 0 && error.Offset <= text.Length, "The error lies within the text.");
            return;
        }

        Promise.Kept(MxPattern.TryParse(pattern.ToString(), out MxPattern? again, out _) && again == pattern, "A pattern reads back.");
        Promise.Kept(pattern.Matches(pattern.Name) != pattern.IsWildcard, "Only a wildcard does not match the name behind it.");
    }
}
