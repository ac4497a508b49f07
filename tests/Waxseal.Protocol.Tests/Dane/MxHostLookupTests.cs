using System.Collections.Immutable;
using System.Text.Json;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Tests.Names;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane;

public class MxHostLookupTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Cases => VectorFile.Cases("dane-base-domain");

    [Theory, Rfc(7672, "2.2.2"), Rfc(7672, "2.2.3"), Rfc(7672, "3.2.2"), MemberData(nameof(Cases))]
    public void The_first_candidate_with_secure_records_is_the_base_domain(
        string _, JsonElement input, JsonElement expected)
    {
        string[] secure = Strings(input.GetProperty("secure_tlsa_at"));
        var queries = new List<string>();
        TlsaCandidate? found = null;

        foreach (TlsaCandidate candidate in Lookup(input).Candidates())
        {
            queries.Add(candidate.QueryName);
            DnsFinding finding = secure.Contains(candidate.BaseDomain.Value) ? DnsFinding.Secure : DnsFinding.Absent;
            if (finding.EndsTlsaSearch())
            {
                found = candidate;
                break;
            }
        }

        Assert.Equal(Strings(expected.GetProperty("tlsa_queries")), queries);
        Assert.Equal(expected.GetProperty("base_domain").GetString(), found?.BaseDomain.Value);
        Assert.Equal(expected.GetProperty("sni").GetString(), found?.BaseDomain.Value);
        Assert.Equal(
            Strings(expected.GetProperty("reference_ids")), found?.ReferenceIds.Select(id => id.Value) ?? []);
    }

    [Fact, Rfc(7672, "2.1.3")]
    public void Nothing_after_an_insecure_alias_is_secure()
    {
        var lookup = new MxHostLookup(
            TestName.Of("example.com"),
            MxFinding.Secure,
            TestName.Of("mx.example.com"),
            [
                new CnameStep(TestName.Of("mx.example.com"), TestName.Of("mx.example.net"), IsSecure: true),
                new CnameStep(TestName.Of("mx.example.net"), TestName.Of("mx.example.org"), IsSecure: false),
            ],
            DnsFinding.Secure);

        Assert.Equal(["_25._tcp.mx.example.com"], lookup.Candidates().Select(candidate => candidate.QueryName));
    }

    [Theory, Rfc(7672, "2.2")]
    [InlineData(MxFinding.NullMx, DnsFinding.Secure)]
    [InlineData(MxFinding.Failed, DnsFinding.Secure)]
    [InlineData(MxFinding.AddressLiteral, DnsFinding.Secure)]
    [InlineData(MxFinding.AddressInMx, DnsFinding.Secure)]
    [InlineData(MxFinding.Secure, DnsFinding.Absent)]
    [InlineData(MxFinding.Secure, DnsFinding.Failed)]
    [InlineData(MxFinding.Secure, DnsFinding.NotAsked)]
    public void Without_a_name_and_an_address_there_is_nothing_to_ask(MxFinding mx, DnsFinding address)
    {
        var lookup = new MxHostLookup(TestName.Of("example.com"), mx, TestName.Of("mx.example.com"), [], address);

        Assert.Empty(lookup.Candidates());
    }

    [Fact, Rfc(6698, "3")]
    public void A_name_too_long_for_the_service_labels_is_no_candidate()
    {
        string label = new('a', 60);
        DomainName longest = TestName.Of($"{label}.{label}.{label}.{label}");
        var lookup = new MxHostLookup(TestName.Of("example.com"), MxFinding.Secure, longest, [], DnsFinding.Secure);

        Assert.Empty((lookup with { MxHost = longest, Port = 25000 }).Candidates());
        Assert.Single((lookup with { Port = 25 }).Candidates());
    }

    [Theory]
    [InlineData(DnsFinding.Secure, DnsFinding.Insecure, DnsFinding.Secure)]
    [InlineData(DnsFinding.Absent, DnsFinding.Secure, DnsFinding.Secure)]
    [InlineData(DnsFinding.Secure, DnsFinding.Failed, DnsFinding.Secure)]
    [InlineData(DnsFinding.Insecure, DnsFinding.Failed, DnsFinding.Insecure)]
    [InlineData(DnsFinding.Absent, DnsFinding.Failed, DnsFinding.Failed)]
    [InlineData(DnsFinding.Absent, DnsFinding.Absent, DnsFinding.Absent)]
    [InlineData(DnsFinding.NotAsked, DnsFinding.NotAsked, DnsFinding.NotAsked)]
    public void The_better_of_both_address_look_ups_counts(DnsFinding ipv4, DnsFinding ipv6, DnsFinding expected)
    {
        Assert.Equal(expected, DnsFindings.OfAddresses(ipv4, ipv6));
        Assert.Equal(expected, DnsFindings.OfAddresses(ipv6, ipv4));
    }

    private static MxHostLookup Lookup(JsonElement input)
    {
        MxFinding mx = input.GetProperty("mx").GetString() switch
        {
            "secure" => MxFinding.Secure,
            "insecure" => MxFinding.Insecure,
            "none" => MxFinding.Absent,
            _ => throw new ArgumentOutOfRangeException(nameof(input)),
        };
        DomainName nextHop = TestName.Of(input.GetProperty("next_hop").GetString()!);
        return new MxHostLookup(nextHop, mx, TestName.Of(input.GetProperty("host").GetString()!), Aliases(input), Address(input))
        {
            Port = input.GetProperty("port").GetInt32(),
            ExpandedNextHop = input.TryGetProperty("next_hop_expanded", out JsonElement expanded)
                ? TestName.Of(expanded.GetString()!)
                : nextHop,
        };
    }

    private static ImmutableArray<CnameStep> Aliases(JsonElement input) =>
    [
        .. input.GetProperty("host_aliases").EnumerateArray().Select(step => new CnameStep(
            TestName.Of(step.GetProperty("from").GetString()!),
            TestName.Of(step.GetProperty("to").GetString()!),
            step.GetProperty("status").GetString() == "secure")),
    ];

    private static DnsFinding Address(JsonElement input) =>
        input.GetProperty("address").GetString() == "secure" ? DnsFinding.Secure : DnsFinding.Insecure;

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];
}
