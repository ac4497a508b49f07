using System.Globalization;
using System.Text.Json;
using Interop.Tests.Domains;

namespace Interop.Tests;

public class ExplainTests(InteropLab lab)
{
    private readonly WaxsealProgram _waxseal = new(lab);

    [Fact]
    public async Task A_look_that_shows_a_fault_makes_it_the_answer()
    {
        const string Name = "agent-403.test";
        JsonElement[] before = await CausesAsync(Name);
        JsonElement[] after = await CausesAsync(Name, "--live");

        Assert.Equal("G05", after[0].GetProperty("id").GetString());
        Assert.InRange(ShareOf(before, "G05"), 0, 0.25);
        Assert.InRange(ShareOf(after, "G05"), 0.5, 1);
        Assert.Contains(ReasonsOf(after, "G05"), reason => reason.Contains("a request without User-Agent gets status 403", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_look_that_shows_a_healthy_domain_speaks_against_what_would_show()
    {
        JsonElement[] before = await CausesAsync(PolicyDomain.Healthy);
        JsonElement[] after = await CausesAsync(PolicyDomain.Healthy, "--live");

        Assert.InRange(ShareOf(after, "G05"), 0, ShareOf(before, "G05") / 2);
        Assert.Contains(ReasonsOf(after, "G05"), reason => reason.EndsWith("and not there", StringComparison.Ordinal));
        Assert.DoesNotContain(after, cause => ReasonsOf(after, cause.GetProperty("id").GetString()!).Any(reason => reason.StartsWith("seen ", StringComparison.Ordinal)));
    }

    private static double ShareOf(JsonElement[] causes, string id) => Cause(causes, id).GetProperty("share").GetDouble();

    private static IEnumerable<string> ReasonsOf(JsonElement[] causes, string id) =>
        CheckedDomain.Elements(Cause(causes, id), "weights").Select(weight => weight.GetProperty("reason").GetString()!);

    private static JsonElement Cause(JsonElement[] causes, string id) => causes.Single(cause => cause.GetProperty("id").GetString() == id);

    private async Task<JsonElement[]> CausesAsync(string policyDomain, params string[] options)
    {
        JsonElement explanation = await _waxseal.ExplainAsync(Report(policyDomain), options);
        return [.. CheckedDomain.Elements(CheckedDomain.Elements(explanation, "findings").Single(), "causes")];
    }

    private static string Report(string policyDomain)
    {
        string day = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $$"""
            {
              "organization-name": "Microsoft Corporation",
              "date-range": { "start-datetime": "{{day}}T00:00:00Z", "end-datetime": "{{day}}T23:59:59Z" },
              "contact-info": "tlsrpt-noreply@microsoft.com",
              "report-id": "1+{{policyDomain}}",
              "policies": [
                {
                  "policy": { "policy-type": "sts", "policy-domain": "{{policyDomain}}" },
                  "summary": { "total-successful-session-count": 0, "total-failure-session-count": 2 },
                  "failure-details": [ { "result-type": "sts-policy-fetch-error", "failed-session-count": 2 } ]
                }
              ]
            }
            """;
    }
}
