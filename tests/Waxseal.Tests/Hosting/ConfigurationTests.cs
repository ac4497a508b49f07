using System.Collections.Immutable;
using Waxseal.Hosting.Configuration;

namespace Waxseal.Tests.Hosting;

public class ConfigurationTests
{
    [Theory]
    [InlineData("[store]\ndatabse = \"sqlite:/x\"", "f.toml, line 2: store.databse is unknown; did you mean database?")]
    [InlineData("[store]\ndatabase = \"mysql://x\"", "f.toml, line 2: store.database is neither sqlite:PATH nor postgresql://USER@HOST:PORT/DATABASE.")]
    [InlineData("[store]\ndatabase = \"sqlite:\"", "f.toml, line 2: store.database names no file behind sqlite:.")]
    [InlineData("[store]\ndatabase = 5", "f.toml, line 2: store.database is a number; it takes a text.")]
    [InlineData("[store]\ndatabase = \"sqlite:/x\"\npassword = \"p\"", "store.password is of no use for SQLite; the rights of the file protect it.")]
    [InlineData("[store]\nkeepBodies = \"90\"", "f.toml, line 2: store.keepBodies is \"90\"; it takes a time such as \"90s\", \"5m\", \"12h\" or \"30d\".")]
    [InlineData("[store]\nkeepBodies = \"1h\"", "f.toml, line 2: store.keepBodies is 1h; it must lie between 1d and 36500d.")]
    [InlineData("[monitor]\n", "monitor.domains names no policy domain; name at least one, such as domains = [\"example.com\"].")]
    [InlineData("[monitor]\ndomains = [\"example.com\"]\ninterval = \"10m\"\njitter = \"6m\"", "monitor.jitter is 6m; it must not be more than half of interval, 10m.")]
    [InlineData("[monitor]\ndomains = [\"example.com\"]\ninterval = \"1m\"", "f.toml, line 3: monitor.interval is 1m; it must lie between 5m and 30d.")]
    [InlineData("[monitor]\ndomains = [\"example.com\"]\nallowAddresses = [\"10.0.0.0/99\"]", "f.toml, line 3: monitor.allowAddresses takes a network such as 10.0.0.0/8, not \"10.0.0.0/99\".")]
    [InlineData("[monitor]\ndomains = [\"example.com\"]\ncaFile = \"/no/such\"", "f.toml, line 3: monitor.caFile cannot be used: /no/such does not exist.")]
    [InlineData("[reportIntake]\nperSource = 5\n[store]\n[reportIntake]\nperDomain = 5", "f.toml, line 4: reportIntake stands there twice.")]
    [InlineData("[reportIntake.smtp]\nhostName = \"a.test\"\n[store]\n[reportIntake]\nsmtp.hostName = \"b.test\"", "f.toml, line 5: smtp stands there twice.")]
    [InlineData("store = 1", "f.toml, line 1: store is a number; it is a section: [store].")]
    [InlineData("[stroe]\n", "f.toml, line 1: stroe is no section; did you mean store?")]
    [InlineData("[reportIntake]\ndomains = [\"exa mple.com\"]", "f.toml, line 2: reportIntake.domains has \"exa mple.com\", which has a character that is no letter, digit or hyphen.")]
    [InlineData("[reportIntake]\ndomains = [5]", "f.toml, line 2: reportIntake.domains holds a number; it takes texts.")]
    [InlineData("[reportIntake]\nunverified = \"maybe\"", "f.toml, line 2: reportIntake.unverified is \"maybe\"; it takes one of accept, quarantine, reject.")]
    [InlineData("[reportIntake]\nperSource = 0", "f.toml, line 2: reportIntake.perSource is 0; it must lie between 1 and 1,000,000.")]
    [InlineData("[reportIntake.https]\nlisten = \"localhost:80\"", "f.toml, line 2: reportIntake.https.listen is \"localhost:80\"; it takes ADDRESS:PORT such as 127.0.0.1:8460 or [::]:25, or unix:PATH.")]
    [InlineData("[reportIntake.https]\npath = \"tlsrpt\"", "f.toml, line 2: reportIntake.https.path is \"tlsrpt\"; it must begin with /.")]
    [InlineData("[reportIntake.https]\ncertificate = \"/no/such\"", "f.toml, line 2: reportIntake.https.certificate names /no/such, which is not there.")]
    [InlineData("[reportIntake.https]\npathSecret = { file = \"/no/such\" }", "f.toml, line 2: reportIntake.https.pathSecret cannot be read from /no/such: Could not find file '/no/such'.")]
    [InlineData("[reportIntake.https]\npathSecret = { credential = \"c\" }", "f.toml, line 2: reportIntake.https.pathSecret asks for the credential c, and systemd gave none (LoadCredential= in the unit).")]
    [InlineData("[alerts]\nkinds = [\"new-failures\"]", "f.toml, line 2: alerts.kinds has \"new-failures\"; the kinds are new-failure, failure-share, all-reporters-failing, reporter-silent, intake-silent, certificate-expiring, policy-expiring.")]
    [InlineData("[alerts]\nquietHours = \"22-7\"", "f.toml, line 2: alerts.quietHours is \"22-7\"; it takes hours such as 22:00-07:00.")]
    [InlineData("[alerts]\ntimeZone = \"Berlin\"", "f.toml, line 2: alerts.timeZone is \"Berlin\", which this machine does not know; it takes names such as Europe/Berlin (package tzdata).")]
    [InlineData("[alerts]\nshare = 0", "f.toml, line 2: alerts.share is 0; it must lie between 1 and 100.")]
    [InlineData("[alerts]\nallowAddresses = \"x\"", "f.toml, line 2: alerts.allowAddresses has \"x\"; it takes networks such as 10.0.0.0/8.")]
    [InlineData("[alerts]\nclearAfter = \"9d\"", "alerts.clearAfter is longer than remindAfter; it takes less.")]
    [InlineData("[alerts]\n[alerts.webhook]\nurl = \"https://a.test\"", "f.toml, line 2: alerts.webhook is a table; there may be several, each in double brackets: [[alerts.webhook]].")]
    [InlineData("[[alerts.webhook]]\nurl = \"http://a.test\"\nsecret = \"0123456789abcdef0123456789abcdef\"", "f.toml, line 2: alerts.webhook[1].url is a URL of http, and a.test is not this machine; it takes https://HOST/PATH.")]
    [InlineData("[[alerts.webhook]]\nurl = \"https://a.test\"\nsecret = \"short\"", "alerts.webhook[1].secret is too short, or no base64 behind whsec_; it takes at least 24 octets.")]
    [InlineData("[[alerts.chat]]\nurl = \"gopher://secret\"", "alerts.chat[1].url is no URL; it takes https://HOST/PATH.")]
    [InlineData("[[alerts.chat]]\nurl = \"https://a.test\"\ntoken = \"x\"", "alerts.chat[1].room and token are for matrix, and format is slack.")]
    [InlineData("[[alerts.chat]]\nurl = \"https://a.test\"\n[[alerts.chat]]\nurl = \"https://b.test\"", "alerts has several routes with the name chat; give each its own: name = \"...\".")]
    [InlineData("[[alerts.mail]]\nhost = \"mail.test\"\ntls = \"none\"\nfrom = \"a@b.test\"\nto = \"a@b.test\"", "alerts.mail[1].tls is none, and mail.test is not this machine; it takes starttls or implicit.")]
    [InlineData("[[alerts.mail]]\nhost = \"mail.test\"\nfrom = \"nobody\"\nto = \"a@b.test\"", "f.toml, line 3: alerts.mail[1].from has \"nobody\"; it takes mail addresses such as postmaster@example.org.")]
    [InlineData("[metrics]\notlp = \"collector:4318\"", "f.toml, line 2: metrics.otlp is no URL of a collector; it takes https://HOST:4318, and secrets stand in otlpHeaders.")]
    [InlineData("[metrics]\notlp = \"https://me:hush@a.test\"", "f.toml, line 2: metrics.otlp is no URL of a collector; it takes https://HOST:4318, and secrets stand in otlpHeaders.")]
    [InlineData("[metrics]\notlp = \"https://a.test/v1/metrics\"", "f.toml, line 2: metrics.otlp ends in /v1/metrics, which is added to it; it takes https://HOST:4318.")]
    [InlineData("[metrics]\nlisten = []", "metrics.listen is empty and otlp too, so that nobody sees the figures; leave the section out, or name a place.")]
    [InlineData("[metrics]\notlp = \"http://a.test:4318\"\notlpHeaders = \"Authorization: Bearer hush\"", "metrics.otlpHeaders would go to a.test unencrypted, by http; otlp takes https://HOST:4318 with it.")]
    [InlineData("[metrics]\notlp = \"https://a.test\"\notlpHeaders = \"Bearer hush\"", "metrics.otlpHeaders has a line that is no field of a header; it takes NAME: VALUE.")]
    [InlineData("[metrics]\notlpAllowAddresses = \"x\"", "f.toml, line 2: metrics.otlpAllowAddresses has \"x\"; it takes networks such as 10.0.0.0/8.")]
    [InlineData("[metrics]\notlpInterval = \"2h\"", "f.toml, line 2: metrics.otlpInterval is 2h; it must lie between 1s and 1h.")]
    [InlineData("reportIntake = 1", "f.toml, line 1: reportIntake is a number; it is a section: [reportIntake].")]
    [InlineData("[mail]\nhost = \"x\"", "f.toml, line 1: mail is no section; the sections are store, dns, reportIntake, monitor, alerts, findings, dashboard, metrics, control.")]
    [InlineData("[store]\n[store]\nkeepBodies = \"90d\"", "f.toml, line 2: store stands there twice.")]
    [InlineData("[store]\nkeepBodies = \"90d\"\n[store]", "f.toml, line 3: store stands there twice.")]
    [InlineData("[reportIntake.https]\n[reportIntake]\n[metrics]\n[reportIntake]", "f.toml, line 4: reportIntake stands there twice.")]
    [InlineData("[reportIntake.https]\npathSecret = \" \"", "f.toml, line 2: reportIntake.https.pathSecret is an empty text; it takes the secret, or { file = \"PATH\" }.")]
    [InlineData("[reportIntake.https]\npathSecret = { file = \"/\" }", "f.toml, line 2: reportIntake.https.pathSecret names /, which is a folder; it takes a file.")]
    [InlineData("[[alerts.mail]]\nhost = \"mail.test\"\nuser = \"a\"\npassword = \"\"\nfrom = \"a@b.test\"\nto = \"a@b.test\"", "f.toml, line 4: alerts.mail[1].password is an empty text; it takes the secret, or { file = \"PATH\" }.")]
    [InlineData("[reportIntake.https]\n[metrics]\nlisten = \"127.0.0.1:8460\"", "metrics.listen has 127.0.0.1:8460, and reportIntake.https.listen has 127.0.0.1:8460; each listener needs an address of its own.")]
    [InlineData("[reportIntake.https]\nlisten = [\"[::]:80\", \"0.0.0.0:80\"]", "reportIntake.https.listen has 0.0.0.0:80, and reportIntake.https.listen has [::]:80; each listener needs an address of its own.")]
    [InlineData("[metrics]\nlisten = \"unix:/a/b\"\n[control]\nsocket = \"/a/b\"", "control.socket has unix:/a/b, and metrics.listen has unix:/a/b; each listener needs an address of its own.")]
    [InlineData("[reportIntake.maildir]\npath = \"/no/such\"", "f.toml, line 2: reportIntake.maildir.path names /no/such, which is not there.")]
    [InlineData("[reportIntake.maildir]\npath = \"/\"", "f.toml, line 2: reportIntake.maildir.path names /, which is no Maildir: it has no folder new.")]
    [InlineData("[[alerts.webhook]]\nurl = \"http://127.0.0.1/\"\nsecret = \"0123456789abcdef0123456789abcdef\"", "alerts.webhook[1].url is never connected to, for 127.0.0.1 is loopback, and not in alerts.allowAddresses; name it there: allowAddresses = [\"127.0.0.1\"].")]
    [InlineData("[[alerts.mail]]\nhost = \"10.0.0.1\"\nfrom = \"a@b.test\"\nto = \"a@b.test\"", "alerts.mail[1].host is never connected to, for 10.0.0.1 is private, and not in alerts.allowAddresses; name it there: allowAddresses = [\"10.0.0.1\"].")]
    [InlineData("[metrics]\notlp = \"https://[fd00::1]:4318\"", "metrics.otlp is never connected to, for fd00::1 is private, and not in metrics.otlpAllowAddresses; name it there: otlpAllowAddresses = [\"fd00::1\"].")]
    [InlineData("[dashboard.oidc]\n", "dashboard.oidc.issuer is missing.|dashboard.oidc.clientId is missing; the provider gives it when this site is registered there.|dashboard.oidc.redirectUri is missing; it takes the address that is registered at the provider, https://HOST/login/oidc/callback.")]
    [InlineData("[dashboard.oidc]\nissuer = \"http://a.test\"\nclientId = \"w\"\nredirectUri = \"http://127.0.0.1:8480/login/oidc/callback\"", "f.toml, line 2: dashboard.oidc.issuer is a URL of http, and a.test is not this machine; it takes https.")]
    [InlineData("[dashboard.oidc]\nissuer = \"https://a.test/?x=y\"\nclientId = \"w\"\nredirectUri = \"http://localhost/login/oidc/callback\"", "f.toml, line 2: dashboard.oidc.issuer is no URL of a provider; it takes https://HOST or https://HOST/PATH.")]
    [InlineData("[dashboard.oidc]\nissuer = \"http://127.0.0.1:9000\"\nclientId = \"w\"\nredirectUri = \"http://[::1]/login/oidc/callback\"", "dashboard.oidc.issuer is never connected to, for 127.0.0.1 is loopback, and not in dashboard.oidc.allowAddresses; name it there: allowAddresses = [\"127.0.0.1\"].")]
    [InlineData("[dashboard]\nhostNames = \"b.test\"\n[dashboard.oidc]\nissuer = \"https://a.test\"\nclientId = \"w\"\nredirectUri = \"https://c.test/login/oidc/callback\"", "dashboard.oidc.redirectUri leads to c.test, which is not in dashboard.hostNames, so that browsers would come back in vain; name it there: hostNames = [\"c.test\"].")]
    [InlineData("[dashboard]\nhostNames = \"c.test\"\n[dashboard.oidc]\nissuer = \"https://a.test\"\nclientId = \"w\"\nredirectUri = \"https://c.test/callback\"", "f.toml, line 6: dashboard.oidc.redirectUri is no address that leads back; it takes https://HOST/login/oidc/callback.")]
    [InlineData("[dashboard]\nhostNames = \"c.test\"\n[dashboard.oidc]\nissuer = \"https://a.test\"\nclientId = \"w\"\nredirectUri = \"http://c.test/login/oidc/callback\"", "f.toml, line 6: dashboard.oidc.redirectUri is a URL of http, and c.test is not this machine; it takes https.")]
    [InlineData("[dashboard]\nhostNames = \"c.test\"\n[dashboard.oidc]\nissuer = \"https://a.test\"\nclientId = \"w\"\nscopes = \"email\"\nredirectUri = \"https://c.test/login/oidc/callback\"", "dashboard.oidc.scopes lacks openid, without which no provider says who somebody is.")]
    [InlineData("[dashboard]\nhostNames = \"c.test\"\n[dashboard.oidc]\nissuer = \"https://a.test\"\nclientId = \"w\"\nclientSecret = \"\"\nredirectUri = \"https://c.test/login/oidc/callback\"", "f.toml, line 6: dashboard.oidc.clientSecret is an empty text; it takes the secret, or { file = \"PATH\" }.")]
    [InlineData("[dashboard]\noidc = true", "f.toml, line 2: dashboard.oidc is true or false; it is a section: [dashboard.oidc].")]
    public void Each_fault_is_named_with_its_place_and_the_way_out(string text, string expected) =>
        Assert.Equal(expected.Split('|'), Problems(text));

    [Fact]
    public void Parts_of_a_section_may_have_others_between_them() => Assert.Empty(
        Problems("[reportIntake.https]\npath = \"/a\"\n[store]\ndatabase = \"sqlite:/x\"\n[reportIntake.folder]\npath = \"/b\"\n[reportIntake]\nperSource = 5"));

    [Theory]
    [InlineData("[reportIntake.https]\nlisten = [\"127.0.0.1:0\", \"127.0.0.1:80\"]\n[metrics]\nlisten = [\"127.0.0.1:0\", \"127.0.0.2:80\"]")]
    [InlineData("[reportIntake.https]\npath = \"\"\"/\\\n[store]\n[store]\n\"\"\"")]
    [InlineData("[reportIntake]\nhttps.path = \"/a\"\nhttps.timeout = \"5s\"")]
    [InlineData("[alerts]\nallowAddresses = \"127.0.0.0/8\"\n[[alerts.webhook]]\nurl = \"http://127.0.0.1/\"\nsecret = \"0123456789abcdef0123456789abcdef\"")]
    [InlineData("[metrics]\notlp = \"http://127.0.0.1:4318\"")]
    public void What_looks_alike_is_no_fault(string text) => Assert.Empty(Problems(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("\n\n")]
    public void A_file_without_a_secret_in_it_removes_no_secret(string text)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, text);

        string[] problems = Problems($"[reportIntake.https]\npathSecret = {{ file = \"{file}\" }}");
        ServeConfiguration.Read("[reportIntake.https]\npathSecret = { credential = \"c\" }".Replace("\"c\"", $"\"{Path.GetFileName(file)}\"", StringComparison.Ordinal), "f.toml",
            new Dictionary<string, string>() { ["CREDENTIALS_DIRECTORY"] = Path.GetDirectoryName(file)! }, out ImmutableArray<string> ofCredential);
        File.Delete(file);

        Assert.Equal([$"f.toml, line 2: reportIntake.https.pathSecret is read from {file}, which is empty; write the secret into it, or take the key out."], problems);
        Assert.Equal([$"f.toml, line 2: reportIntake.https.pathSecret is read from the credential {Path.GetFileName(file)}, which is empty; write the secret into it, or take the key out."], ofCredential);
    }

    [Theory]
    [InlineData("WAXSEAL_STORE_DATABSE", "WAXSEAL_STORE_DATABSE in the environment sets no key; did you mean WAXSEAL_STORE_DATABASE?")]
    [InlineData("WAXSEAL_ALERTS_WEBHOOK_SECRET", "WAXSEAL_ALERTS_WEBHOOK_SECRET in the environment sets no key; waxseal config describe names the variable of each key.")]
    [InlineData("WAXSEAL_DEBUG", null)]
    [InlineData("WAXSEAL_PORT_8460_TCP_ADDR", null)]
    [InlineData("WAXSEAL_SERVICE_HOST", null)]
    public void A_variable_that_sets_no_key_is_refused(string name, string? problem)
    {
        ServeConfiguration.Read("", "f.toml", new Dictionary<string, string>() { [name] = "5" }, out ImmutableArray<string> problems);

        Assert.Equal(problem is null ? [] : [problem], problems);
    }

    [Fact]
    public void All_faults_are_named_at_once() =>
        Assert.Equal(4, Problems("[store]\ndatabase = 1\nx = 2\n[reportIntake.https]\nlisten = 1\ntimeout = \"0s\"\n").Length);

    [Theory]
    [InlineData("[store", 1)]
    [InlineData("a = \"\n", 1)]
    [InlineData("[store]\ndatabase = \"sqlite:/a\"\ndatabase = \"sqlite:/b\"", 3)]
    public void What_is_no_TOML_is_told_with_its_line(string text, int line) =>
        Assert.Contains(Problems(text), problem => problem.StartsWith($"f.toml, line {line}: ", StringComparison.Ordinal));

    [Fact]
    public void Sections_in_double_brackets_may_have_others_between_them() =>
        Assert.Equal(["one", "two"], Read("""
            [alerts]
            [[alerts.webhook]]
            name = "one"
            url = "https://a.test"
            secret = "0123456789abcdef0123456789abcdef"
            [[alerts.chat]]
            url = "https://a.test"
            [[alerts.webhook]]
            name = "two"
            url = "https://a.test"
            secret = "0123456789abcdef0123456789abcdef"
            """).Alerts!.Webhooks.Select(webhook => webhook.Name));

    [Fact]
    public void A_variable_of_the_environment_goes_before_the_file()
    {
        Dictionary<string, string> environment = new() { ["WAXSEAL_REPORT_INTAKE_DOMAINS"] = "a.test,b.test", ["WAXSEAL_STORE_DATABASE"] = "sqlite:/b" };

        ServeConfiguration configuration = ServeConfiguration.Read("[store]\ndatabase = \"sqlite:/a\"\n[reportIntake]\n", "f.toml", environment, out ImmutableArray<string> problems);

        Assert.Empty(problems);
        Assert.Equal("sqlite:/b", configuration.Store.Database);
        Assert.Equal(["a.test", "b.test"], configuration.ReportIntake!.Domains);
    }

    [Fact]
    public void What_is_shown_reads_back_to_the_same_without_secrets()
    {
        string secret = Path.GetTempFileName();
        File.WriteAllText(secret, "hush\n");
        ServeConfiguration first = Read($"[store]\ndatabase = \"sqlite:/a\"\n[reportIntake.https]\npathSecret = {{ file = \"{secret}\" }}\n");
        File.Delete(secret);

        string shown = string.Join('\n', first.Show());

        Assert.Equal("hush", first.HttpsIntake!.PathSecret!.Reveal());
        Assert.DoesNotContain("hush", shown);
        Assert.Contains("socket = \"/control.sock\"", shown);
        Assert.Equal(shown.Replace("\"(secret)\" # from " + secret, "\"(secret)\" # from the configuration", StringComparison.Ordinal), string.Join('\n', Read(shown).Show()));
    }

    [Fact]
    public void Without_a_section_a_role_is_off()
    {
        ServeConfiguration configuration = Read("[store]\n");

        Assert.Null(configuration.ReportIntake);
        Assert.Null(configuration.HttpsIntake);
    }

    private static ServeConfiguration Read(string text)
    {
        ServeConfiguration configuration = ServeConfiguration.Read(text, "f.toml", new Dictionary<string, string>(), out ImmutableArray<string> problems);
        Assert.Empty(problems);
        return configuration;
    }

    private static string[] Problems(string text)
    {
        ServeConfiguration.Read(text, "f.toml", new Dictionary<string, string>(), out ImmutableArray<string> problems);
        return [.. problems];
    }
}
