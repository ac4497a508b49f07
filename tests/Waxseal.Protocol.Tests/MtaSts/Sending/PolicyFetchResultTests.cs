using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.MtaSts.Sending;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Tests;
using static Waxseal.Protocol.Tests.MtaSts.Readings;

namespace Waxseal.Protocol.Tests.MtaSts.Sending;

public class PolicyFetchResultTests
{
    private const string GoodPolicy = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n";

    private static readonly Dictionary<string, PolicyHostFault> Faults = new()
    {
        ["policy host does not resolve"] = PolicyHostFault.NameNotFound,
        ["resolver error for the policy host"] = PolicyHostFault.LookupFailed,
        ["TCP reset on port 443"] = PolicyHostFault.ConnectionRefused,
        ["no answer on port 443"] = PolicyHostFault.ConnectTimeout,
        ["body not complete after 60 s"] = PolicyHostFault.ReadTimeout,
        ["connection closed before Content-Length octets"] = PolicyHostFault.ConnectionClosed,
        ["policy host certificate expired"] = PolicyHostFault.CertificateExpired,
        ["policy host certificate not valid yet"] = PolicyHostFault.CertificateNotYetValid,
        ["self-signed policy host certificate"] = PolicyHostFault.CertificateSelfSigned,
        ["issuer not trusted"] = PolicyHostFault.CertificateNotTrusted,
    };

    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors => VectorFile.Cases("sts-fetch");

    public static TheoryData<Type> Ends => new(typeof(PolicyFetchResult)
        .GetNestedTypes(BindingFlags.Public)
        .Where(type => type.IsAssignableTo(typeof(PolicyFetchResult))));

    [Theory, Rfc(8461, "3.3")]
    [MemberData(nameof(Vectors))]
    public void An_answer_gives_a_policy_or_a_result_type(string _, JsonElement input, JsonElement expected)
    {
        foreach (JsonElement step in Steps(input))
        {
            PolicyFetchResult result = PolicyFetchResult.Of(Visit(step));

            if (expected.GetProperty("outcome").GetString() == "policy")
            {
                Assert.IsType<PolicyFetchResult.Fetched>(result);
                Assert.Null(result.ToResultType());
                Assert.Null(result.ToReason());
                continue;
            }

            JsonElement words = expected.GetProperty("result_types");
            string word = result.ToResultType()!.Value.ToWord();
            Assert.Contains(word, words.EnumerateArray().Select(type => type.GetString()));
            Assert.NotNull(result.ToReason());
        }
    }

    [Theory, Rfc(8460, "4.3.2.2")]
    [MemberData(nameof(Ends))]
    public void Each_end_but_a_policy_has_a_result_type(Type end)
    {
        var result = (PolicyFetchResult)RuntimeHelpers.GetUninitializedObject(end);

        Assert.Equal(end == typeof(PolicyFetchResult.Fetched), result.ToResultType() is null);
    }

    [Fact]
    public void Each_fault_has_a_word_of_its_own()
    {
        string[] words = [.. Enum.GetValues<PolicyHostFault>().Select(fault => fault.ToWord())];

        Assert.Distinct(words);
    }

    [Fact, Rfc(8461, "3.3")]
    public void A_redirect_is_told_with_its_target_and_not_followed()
    {
        const string target = "https://www.example.com/";
        var answer = new PolicyHostVisit.Answered(301, "text/plain", Body(GoodPolicy)) { Location = target };

        Assert.Equal(new PolicyFetchResult.NotServed(301, target), PolicyFetchResult.Of(answer));
    }

    [Fact, Rfc(8461, "3.2")]
    public void The_policy_is_asked_for_at_the_policy_host()
    {
        Uri? address = PolicyHost.AddressFor(Name("bücher.example"));

        Assert.Equal("https://mta-sts.xn--bcher-kva.example/.well-known/mta-sts.txt", address?.ToString());
    }

    [Fact]
    public void A_policy_domain_of_full_length_has_no_policy_host()
    {
        string label = new('a', 63);
        DomainName policyDomain = Name($"{label}.{label}.{label}.{label[..61]}");

        Assert.Null(PolicyHost.NameFor(policyDomain));
        Assert.Null(PolicyHost.AddressFor(policyDomain));
    }

    // A case of several fetches gives the facts of the first; the others find the same.
    private static IEnumerable<JsonElement> Steps(JsonElement input) =>
        input.TryGetProperty("sequence", out JsonElement sequence)
            ? sequence.EnumerateArray().Select(_ => sequence[0])
            : [input];

    private static PolicyHostVisit Visit(JsonElement facts)
    {
        if (facts.TryGetProperty("error", out JsonElement error))
            return Failure(error.GetString()!);
        if (facts.TryGetProperty("certificate_san", out JsonElement names)
            && !IsForPolicyHost(names.EnumerateArray().Select(name => name.GetString()!)))
        {
            return new PolicyHostVisit.Failed(PolicyHostFault.CertificateNameMismatch);
        }

        return new PolicyHostVisit.Answered(
            facts.GetProperty("status").GetInt32(),
            facts.GetProperty("content_type").GetString(),
            BodyOf(facts.GetProperty("body").GetString()!))
        {
            Location = facts.TryGetProperty("location", out JsonElement location) ? location.GetString() : null,
        };
    }

    // "SAN a.example only", "CN b.example, no SAN": the names are compared; everything else is a fault by itself.
    private static PolicyHostVisit Failure(string error)
    {
        if (Faults.TryGetValue(error, out PolicyHostFault fault))
            return new PolicyHostVisit.Failed(fault, error);

        string[] dnsIds = error.StartsWith("SAN ", StringComparison.Ordinal) ? [error.Split(' ', ',')[1]] : [];
        return IsForPolicyHost(dnsIds)
            ? new PolicyHostVisit.Answered(200, "text/plain", Body(GoodPolicy))
            : new PolicyHostVisit.Failed(PolicyHostFault.CertificateNameMismatch, error);
    }

    private static bool IsForPolicyHost(IEnumerable<string> dnsIds) =>
        CertificateNames.Cover(dnsIds, PolicyHost.NameFor(Name("example.com"))!);

    private static byte[] BodyOf(string text)
    {
        const string padded = "good, padded with unknown fields to ";
        if (!text.StartsWith(padded, StringComparison.Ordinal))
            return Body(text == "good" ? GoodPolicy : text);

        int length = int.Parse(text[padded.Length..].Split(' ').First(word => int.TryParse(word, out int _)), null);
        string line = "padding: " + new string('x', 989) + "\r\n";
        string body = GoodPolicy + string.Concat(Enumerable.Repeat(line, 64));
        return Body(body + "last: " + new string('x', length - body.Length - 6));
    }

    private static byte[] Body(string text) => Encoding.UTF8.GetBytes(text);
}
