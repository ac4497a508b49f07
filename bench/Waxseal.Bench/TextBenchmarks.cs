using System.Text;
using BenchmarkDotNet.Attributes;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Dane.Presentation;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt.Records;

namespace Waxseal.Bench;

/// <summary>Reading the texts that policy domains publish. The floor makes a string of the bytes and stops there.</summary>
public class TextBenchmarks
{
    private static readonly Dictionary<string, Func<byte[], object?>> Readers = new(StringComparer.Ordinal)
    {
        ["domain name"] = text => DomainName.TryParse(Encoding.ASCII.GetString(text), out DomainName? name, out _) ? name : null,
        ["STS record"] = text => StsRecordReader.Read(text),
        ["STS policy"] = text => StsPolicyReader.Read(text),
        ["STS policy, 64 KiB"] = text => StsPolicyReader.Read(text),
        ["TLS-RPT record"] = text => TlsRptRecordReader.Read(text),
        ["TLSA text"] = text => TlsaRecordReader.Read(text),
        ["TLSA wire"] = text => TlsaRecord.TryParse(text, out TlsaRecord? record) ? record : null,
    };

    private Func<byte[], object?> _reader = null!;

    [ParamsSource(nameof(Inputs))]
    public Text Input { get; set; } = null!;

    public static IEnumerable<Text> Inputs =>
    [
        Text.Of("domain name", "mx1.mail.example.com"),
        Text.Of("STS record", "v=STSv1; id=20160831085700Z;"),
        Text.Of("STS policy", PolicyWith(patterns: 3)),
        Text.Of("STS policy, 64 KiB", PolicyWith(patterns: 2400)),
        Text.Of("TLS-RPT record", "v=TLSRPTv1; rua=mailto:tlsrpt@example.com,https://reports.example.com/v1/tlsrpt"),
        Text.Of("TLSA text", $"_25._tcp.mx.example.com. 3600 IN TLSA 3 1 1 {new string('A', 64)}"),
        new("TLSA wire", [3, 1, 1, .. new byte[32]]),
    ];

    [GlobalSetup]
    public void PickReader() => _reader = Readers[Input.Name];

    [Benchmark(Baseline = true)]
    public string Floor() => Encoding.ASCII.GetString(Input.Bytes);

    [Benchmark]
    public object? Read() => _reader(Input.Bytes);

    private static string PolicyWith(int patterns) =>
        $"version: STSv1\r\nmode: enforce\r\n{string.Concat(Enumerable.Range(0, patterns).Select(i => $"mx: mx{i:D4}.mail.example\r\n"))}max_age: 604800\r\n";
}
