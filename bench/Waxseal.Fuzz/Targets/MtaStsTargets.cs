using System.Text;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Fuzz.Targets;

/// <summary>The parsers of <c>MtaSts/</c>.</summary>
internal static class MtaStsTargets
{
    public static readonly FuzzTarget PolicyTarget = new(
        "sts-policy",
        ReadPolicy,
        () => Seeds.Vectors("sts-policy"),
        "version", "mode", "max_age", "mx", "STSv1", "enforce", "*.", "31557601", "; mx: ", "\r\n", "\r", "\uFEFF");

    public static readonly FuzzTarget RecordTarget = new(
        "sts-record",
        ReadRecord,
        () => Seeds.Vectors("sts-record"),
        "v=STSv1", "id=", "ID=", ";", "\\", "\"", "\t", "v=stsv1");

    private static void ReadPolicy(ReadOnlySpan<byte> text)
    {
        Parsed<StsPolicy> reading = StsPolicyReader.Read(text);
        Promise.Kept(reading, text);
        if (reading.Value is not { } policy)
            return;

        // Blanks and line ends make a policy longer than its author wrote it, so that it may outgrow the limit.
        byte[] written = StsPolicyWriter.Write(policy);
        if (written.Length > StsPolicyReader.MaxLength)
            return;

        Parsed<StsPolicy> again = StsPolicyReader.Read(written);
        Promise.Kept(policy.Equals(again.Value), "A policy reads back.");
        Promise.Kept(again.Conforms, "What is written conforms.");
    }

    private static void ReadRecord(ReadOnlySpan<byte> text)
    {
        Parsed<StsRecord> reading = StsRecordReader.Read(text);
        Promise.Kept(reading, text);
        IEnumerable<string> corrections = reading.Problems.Select(problem => problem.Correction).OfType<string>();
        foreach (string correction in corrections.Distinct())
        {
            byte[] corrected = Encoding.ASCII.GetBytes(correction);
            Promise.Kept(StsRecordReader.Read(corrected).Conforms, "A corrected record conforms.");
        }
    }
}
