using System.Collections.Immutable;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Weighing;

/// <summary>Scenarios of DANE, DNSSEC and reports that do not come.</summary>
internal static class DaneScenarios
{
    private const string Digest = "6007EEE553E85D8DF007A845D19EC343283D4E416E9A33F9EF3040C8B7C285BC";
    private const string DigestOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static ImmutableArray<Scenario> All { get; } =
    [
        new("tlsa-digest-of-nothing", "L02", Outlook.On("2024-11-08").Tlsa($"3 1 1 {DigestOfNothing}").Failed(3, TlsaInvalid)),
        new("tlsa-unusable", "L05", Outlook.On("2024-11-08").Tlsa($"1 1 1 {Digest}").Failed(3, TlsaInvalid)),
        new("tlsa-unusable", "L05", PostfixHouse.On("2024-11-08").Tlsa().Failed(3, TlsaInvalid, "all-TLSA-records-unusable")),
        new("tlsa-short-while", "L16",
            Outlook.On("2024-11-08").Tlsa($"3 1 1 {Digest}").Failed(3, TlsaInvalid),
            Outlook.On("2024-11-09").Tlsa($"3 1 1 {Digest}").Succeeded(3)),
        new("tlsa-usage-2", "L04", Outlook.On("2024-11-08").Tlsa($"2 1 1 {Digest}").Failed(3, TlsaInvalid)),
        new("tlsa-unusable", "L28", Outlook.On("2024-11-08").Tlsa("3 1 1 AB").Failed(3, TlsaInvalid)),
        new("tlsa-one-mx-host", "L21", Outlook.On("2024-11-08").Tlsa($"3 1 1 {Digest}").Succeeded(5).Failed(3, TlsaInvalid, at: "mx2.example.com")),
        new("tlsa-some-sessions", "L17", Outlook.On("2024-11-08").Tlsa($"3 1 1 {Digest}").Succeeded(5).Failed(3, TlsaInvalid)),
        new("tlsa-whole-certificate", "L06", Outlook.On("2024-11-08").Tlsa($"3 0 1 {Digest}").Failed(3, TlsaInvalid)),
        new("tlsa-all", "L01", Outlook.On("2024-11-08").Tlsa($"3 1 1 {Digest}").Failed(3, TlsaInvalid)),
        new("dnssec-one-sender", "L10",
            PostfixHouse.On("2024-11-08").Tlsa().Failed(3, DnssecInvalid),
            Outlook.On("2024-11-08").Tlsa($"3 1 1 {Digest}").Succeeded(3)),
        new("dnssec-all", "L13", Outlook.On("2024-11-08").Tlsa().Failed(3, DnssecInvalid)),
        new("dane-required", "L22", PostfixHouse.On("2024-11-08").Tlsa().Failed(3, DaneRequired)),
        new("dane-vanished", "L15",
            Outlook.On("2024-11-08").Tlsa($"3 1 1 {Digest}").Succeeded(3),
            Outlook.On("2024-11-09").Sts(Enforced).Succeeded(3),
            Outlook.On("2024-11-10").Sts(Enforced).Succeeded(3)),
        new("reporter-silent", "M11", EachDay("2024-11-01", 7, day => Google.On(day).Sts(Enforced).Succeeded(3))),
    ];
}
