using System.Text.Json;
using System.Xml.Linq;
using Waxseal.Lab;
using Waxseal.Lab.Faults;

namespace Waxseal.Tests.Commands.Check;

public class CheckCommandTests
{
    [Fact]
    public async Task A_healthy_policy_domain_is_told_in_one_line()
    {
        await using LabWorld world = LabWorld.Create();

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain);

        Assert.Equal("example.test: all that was looked at is well.\nNot looked at: the MX hosts at port 25.\n", outcome.Out);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public async Task A_fault_is_told_with_its_remedy_and_shows_in_the_exit_code()
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get("G05 a rule against requests without User-Agent").Apply(world);

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain);

        Assert.Contains("a rule turns away requests without User-Agent", outcome.Out);
        Assert.Contains("Microsoft", outcome.Out);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(0, (await CheckLab.RunAsync(world, LabWorld.Domain, "--fail-on", "error")).ExitCode);
    }

    [Theory]
    [InlineData("version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n")]
    [InlineData("version: STSv1\r\nmode: enforce\r\nmx: mx.example.test\r\nmax_age: 604800\r\nx-note: kept\r\n")]
    [InlineData("version: STSv1\r\nmode: enforce\r\nmx: mx.example.test\r\nmax_age: 604800\r\nmax_age: 5\r\n")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example.test\nmax_age: 604800")]
    public async Task A_policy_that_the_standard_allows_is_no_error(string policy)
    {
        await using LabWorld world = LabWorld.Create();
        world.Policy = policy;

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain);

        Assert.True(outcome.ExitCode == 0, outcome.Out);
    }

    [Fact]
    public async Task Other_txt_records_beside_the_record_are_no_error()
    {
        await using LabWorld world = LabWorld.Create();
        world.Zone.Txt("_mta-sts.example.test", "google-site-verification=abc").Txt("_smtp._tls.example.test", "v=spf1 -all");

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain);

        Assert.True(outcome.ExitCode == 0, outcome.Out);
    }

    [Theory]
    [InlineData("--from-profile", "microsoft")]
    [InlineData("--from-profile", "google")]
    [InlineData("--ipv6")]
    [InlineData("--ipv4")]
    public async Task A_healthy_policy_domain_is_healthy_whoever_looks(params string[] options)
    {
        await using LabWorld world = LabWorld.Create();

        Outcome outcome = await CheckLab.RunAsync(world, [LabWorld.Domain, .. options]);

        Assert.StartsWith("example.test: all that was looked at is well.\n", outcome.Out);
        Assert.Contains("Not looked at: ", outcome.Out);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Theory]
    [InlineData("E06 a client certificate is asked for", "None of the senders that are known can get the policy", 1)]
    [InlineData("G05 a rule against requests without User-Agent", "Microsoft, KumoMTA and Halon cannot get or accept the policy", 1)]
    [InlineData("H13 a field twice", "all is well by the standard, but KumoMTA cannot get or accept the policy", 0)]
    public async Task The_headline_says_what_the_table_of_senders_says(string fault, string headline, int exitCode)
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get(fault).Apply(world);

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain);

        Assert.Contains(headline, outcome.Out.ReplaceLineEndings(" "));
        Assert.Equal(exitCode, outcome.ExitCode);
    }

    [Fact]
    public async Task What_time_ran_out_for_is_not_called_well()
    {
        await using LabWorld world = LabWorld.Create();
        world.First.Fault = world.Second.Fault = _ => [];

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain, "--timeout", "1", "--fail-on", "never");

        Assert.Contains("Not looked at: ", outcome.Out);
        Assert.Equal(3, outcome.ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n\n")]
    public async Task An_empty_list_is_a_mistake(string list)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, list, TestContext.Current.CancellationToken);

        Outcome outcome = await CommandRun.Of(["check", "--domains", file]);

        File.Delete(file);
        Assert.Contains("the list is empty", outcome.Error);
        Assert.Equal(2, outcome.ExitCode);
    }

    [Fact]
    public async Task Of_one_profile_that_sender_alone_is_told()
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get("G05 a rule against requests without User-Agent").Apply(world);

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain, "--from-profile", "microsoft");

        Assert.Contains("Microsoft                 no, web server: status 403", outcome.Out);
        Assert.DoesNotContain("Google  ", outcome.Out);
    }

    [Fact]
    public async Task Json_holds_facts_and_findings()
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get("G01 404").Apply(world);

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain, "--json");

        JsonElement domain = JsonDocument.Parse(outcome.Out).RootElement.GetProperty("domains")[0];
        Assert.Equal("G01", domain.GetProperty("findings")[0].GetProperty("causes")[0].GetProperty("id").GetString());
        Assert.Equal(404, domain.GetProperty("facts").GetProperty("policyHost")[0].GetProperty("visits")[0].GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Junit_has_a_failure_for_each_fault()
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get("F02 an expired certificate").Apply(world);

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain, "--junit");

        XElement suite = XDocument.Parse(outcome.Out).Root!.Element("testsuite")!;
        Assert.Equal("1", suite.Attribute("failures")!.Value);
        Assert.StartsWith("F02", suite.Element("testcase")!.Attribute("name")!.Value);
    }

    [Fact]
    public async Task Sarif_names_the_cause_as_rule()
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get("A03 two records").Apply(world);

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain, "--sarif");

        JsonElement run = JsonDocument.Parse(outcome.Out).RootElement.GetProperty("runs")[0];
        Assert.Equal("A03", run.GetProperty("results")[0].GetProperty("ruleId").GetString());
        Assert.True(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").GetArrayLength() > 150);
    }

    [Fact]
    public async Task Html_is_one_well_formed_file()
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get("G09 a web page with status 200").Apply(world);

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain, "--html");

        Assert.StartsWith("<!doctype html>", outcome.Out);
        XElement html = XDocument.Parse(outcome.Out["<!doctype html>".Length..]).Root!;
        Assert.Contains("&lt;!doctype html&gt;", outcome.Out);
        Assert.DoesNotContain("<script", outcome.Out);
        Assert.Equal("html", html.Name.LocalName);
    }

    [Theory]
    [InlineData("--html")]
    [InlineData("--junit")]
    [InlineData("--verbose")]
    public async Task No_control_character_of_a_stranger_is_passed_on(string form)
    {
        await using LabWorld world = LabWorld.Create();
        world.Policy = "version: STSv1\r\nmode: en\u007fforce\u009b\r\nmx: \u001b[2J\r\nmax_age: 1\r\n";

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain, form);

        Assert.DoesNotContain(outcome.Out, letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'));
    }

    [Fact]
    public async Task Many_policy_domains_come_in_the_order_given()
    {
        await using LabWorld world = LabWorld.Create();
        string[] domains = [.. Enumerable.Range(0, 20).Select(number => $"d{number}.test"), LabWorld.Domain];

        Outcome outcome = await CheckLab.RunAsync(world, [.. domains, "--junit"]);

        Assert.Equal(domains, XDocument.Parse(outcome.Out).Root!.Elements("testsuite").Select(suite => suite.Attribute("name")!.Value));
    }

    [Fact]
    public async Task A_resolver_that_is_silent_is_no_fault_of_the_policy_domain()
    {
        await using LabWorld world = LabWorld.Create();
        world.Resolver.Fault = _ => [];

        Outcome outcome = await CheckLab.RunAsync(world, LabWorld.Domain, "--timeout", "6");

        Assert.Empty(outcome.Error);
        Assert.Contains("could not be looked at", outcome.Out);
        Assert.Equal(3, outcome.ExitCode);
    }

    [Theory]
    [InlineData("no policy domain given")]
    [InlineData("there is no file /no/such/file", "--domains", "/no/such/file")]
    [InlineData("/tmp is a folder", "--domains", "/tmp")]
    [InlineData("--timeout takes seconds", "example.test", "--timeout", "0")]
    [InlineData("--resolver takes an address", "example.test", "--resolver", "dns.example")]
    [InlineData("--allow-address takes a network", "example.test", "--allow-address", "inside")]
    [InlineData("--ca-file: /no/such/file does not exist.", "example.test", "--ca-file", "/no/such/file")]
    [InlineData("--trust-anchor: /no/such/file does not exist.", "example.test", "--trust-anchor", "/no/such/file")]
    [InlineData("there is no sender profile", "example.test", "--from-profile", "gmail")]
    [InlineData("exclude each other", "example.test", "--json", "--html")]
    [InlineData("is more than a policy domain; give example.test", "postmaster@example.test")]
    [InlineData("is more than a policy domain; give example.test", "https://mta-sts.example.test/.well-known/mta-sts.txt")]
    [InlineData("is more than a policy domain; give example.test", "_mta-sts.example.test")]
    [InlineData("has a character that is no letter", "ex ample.test")]
    public async Task A_mistake_is_named(string expected, params string[] arguments)
    {
        Outcome outcome = await CommandRun.Of(["check", .. arguments]);

        Assert.Contains(expected, outcome.Error.ReplaceLineEndings(" "));
        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Out);
    }
}
