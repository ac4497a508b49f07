using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Lab.Signing;
using Waxseal.Net.Dns.Validation;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Checks;

public class DnssecReasonTests
{
    [Theory, Rfc(4035, "5")]
    [InlineData("L13 the signatures of the zone have expired", "ended")]
    [InlineData("L14 a DS record for a key that the zone does not have", "names key")]
    [InlineData("L14 a DS record for a zone without keys", "no DNSKEY")]
    [InlineData("B04 the signatures of the policy host's own zone have expired", "ended")]
    [InlineData("B04 a DS record for a key that the policy host's own zone does not have", "names key")]
    public async Task The_finding_says_why_the_answers_are_bogus(string key, string reason)
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get(key).Apply(world);

        CheckResult result = Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken));

        Finding finding = result.Findings.First(finding => finding.Ranking.Causes.Any(ranked => ranked.Cause.Id == key[..3]));
        Assert.True(finding.Happened.Contains(reason, StringComparison.Ordinal), finding.Happened);
        Assert.Contains("Our own validation", finding.Happened, StringComparison.Ordinal);
    }

    [Theory, Rfc(8914, "4")]
    [InlineData(6, "L14", "DNSSEC Bogus", 45)]
    [InlineData(7, "L13", "Signature Expired", 95)]
    [InlineData(9, "L14", "DNSKEY Missing", 95)]
    [InlineData(200, "L14", "error 200 of RFC 8914", 45)]
    public async Task Where_our_own_validation_cannot_begin_the_resolvers_word_is_told_and_weighed(int infoCode, string causeId, string word, int percent)
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get("L13 the signatures of the zone have expired").Apply(world);
        world.Options = world.Options with { TrustAnchors = TrustAnchor.Root };

        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);
        Finding finding = Checker.Check(facts with { Lookups = [.. facts.Lookups.Select(lookup => lookup with { Answer = lookup.Answer with { Errors = [new(infoCode, "")] } })] }).Findings[0];

        Assert.Equal((causeId, percent), (finding.Ranking.Causes[0].Cause.Id, finding.Ranking.Causes[0].Percent));
        Assert.Contains($"The resolver says: {word}. Our own validation could not begin: ", finding.Happened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_domain_with_good_signatures_gives_no_finding()
    {
        await using LabWorld world = LabWorld.Create();
        WorldSigner.Sign(world, world.Zone);

        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);

        Assert.Contains(facts.Validations, validation => validation.State == ValidationState.Secure);
        Assert.Empty(Checker.Check(facts).Findings.Select(finding => $"{finding.Title}: {finding.Happened}"));
    }
}
