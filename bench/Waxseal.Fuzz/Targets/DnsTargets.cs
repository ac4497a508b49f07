using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Wire;

namespace Waxseal.Fuzz.Targets;

/// <summary>The parsers of <c>Waxseal.Net/Dns</c>.</summary>
internal static class DnsTargets
{
    public static readonly FuzzTarget Message = new(
        "dns-message",
        ReadMessage,
        () =>
        [
            // An answer with MX (compressed), an alias with TXT, NXDOMAIN with SOA, and SERVFAIL with an extended error.
            Convert.FromHexString("12348180000100010000000107" + "6578616d706c6503636f6d00000f0001" + "c00c000f00010000012c0009000a046d61696cc00c" + "000029" + "04d0000080000000"),
            Convert.FromHexString("123481a0000100020000000004" + "5f6d7461076578616d706c6500" + "00100001" + "c00c0005000100000e1000040161c011" + "c02a0010000100000e10000b0a763d53545376313b2069"),
            Convert.FromHexString("12348183000100000001000001" + "6107696e76616c696400" + "00010001" + "c00e000600010000012c001e036e7331c00e01" + "68c00e00000001000000020000000300000004000000" + "05"),
            Convert.FromHexString("1234818200010000000000010161" + "00001c0001" + "000029" + "04d00000800000" + "0a000f000600066f6f7073"),
        ],
        "\u0000\u0029", "\u0000\u0005\u0000\u0001", "\u0000\u0010\u0000\u0001", "\u0000\u0034\u0000\u0001", "\u0000\u000f");

    private static void ReadMessage(ReadOnlySpan<byte> wire)
    {
        if (!MessageReader.TryRead(wire, out DnsMessage? message))
            return;

        DnsRecord[] records = [.. message.Answers, .. message.Authority, .. message.Additional];
        Promise.Kept(records.Length <= MessageReader.MaxRecords, "A message keeps its limit.");
        foreach (DnsName name in records.Select(record => record.Owner).Append(message.Question?.Name ?? DnsName.Root))
        {
            Promise.Kept(name.Wire.Length <= DnsName.MaxWireLength, "A name keeps its limit.");
            Promise.Kept(DnsName.TryParse(name.ToString(), out DnsName? again) && again.Equals(name), "A name reads back.");
        }
    }
}
