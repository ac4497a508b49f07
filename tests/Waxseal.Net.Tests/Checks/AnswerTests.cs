using System.Security.Cryptography.X509Certificates;
using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Checks;

public class AnswerTests
{
    [Theory]
    [InlineData("A04 no id", "\n_mta-sts.example.test. 3600 IN TXT \"v=STSv1; id=2")]
    [InlineData("A05 an id of 33 letters", "is not 1 to 32 letters and digits")]
    [InlineData("A20 a resolver that gets no answer", "a resolver gets no answer")]
    [InlineData("B02 one name server refuses", "): answered REFUSED")]
    [InlineData("B03 the zone names a server that the parent does not", "the parent zone and the zone itself name different name servers")]
    [InlineData("B08 aliases in a circle", "is an alias of a.example.test; the aliases lead back to mta-sts.example.test.")]
    [InlineData("B09 an alias to a name that is gone", "is an alias of gone.hosting.test, which")]
    [InlineData("B15 the domain is gone", "See that the name is spelt as you mean it.")]
    [InlineData("D09 one of two addresses is dead", " take connections.")]
    [InlineData("E08 a signature with SHA-1", "it is signed with SHA-1.")]
    [InlineData("H02 a byte order mark", "the policy begins with a byte-order mark")]
    [InlineData("H03 an old mode", "Write one of enforce, testing and none")]
    [InlineData("H05 no mx", "\nmx: mx.example.test")]
    [InlineData("H10 a no-break space", "Its character 1 is U+00A0, a no-break space.")]
    [InlineData("H14 the JSON of an old draft", "\nversion: STSv1\nmode: enforce\nmx: mx.example.test\nmax_age: 604800")]
    [InlineData("J04 a lost wildcard", "\nmx: *.protection.outlook.test")]
    [InlineData("J08 no MX record", "\nexample.test. 3600 IN MX 10 mx.example.test.")]
    [InlineData("K10 one of several nodes with a wrong certificate", "The certificate is for old.example.test.")]
    [InlineData("K13 a session ticket before the client's Finished", "SessionTicketsDisabled")]
    [InlineData("K22 the handshake is cut", "the reason texts of reports where there are any")]
    [InlineData("K24 an issuer that may not issue", "a certificate that is no CA's has issued another")]
    [InlineData("L03 the records below the mail domain", "\n_25._tcp.mx.example.test. 3600 IN TLSA 3 1 1 ")]
    [InlineData("L05 usage 1", "\n_25._tcp.mx.example.test. 3600 IN TLSA 3 1 1 ")]
    [InlineData("L06 the whole certificate is named", "\n_25._tcp.mx.example.test. 3600 IN TLSA 3 1 1 ")]
    [InlineData("L08 the zone is not signed", "There is a TLSA record at")]
    [InlineData("L10 one name server drops the TLSA question", "): no answer")]
    [InlineData("L16 a resolver that holds the TLSA record of the key before", "Put the certificate of the old key back until 2")]
    [InlineData("L17 a record for the ECDSA certificate and none for the one for RSA", "Its RSA certificate does not fit")]
    [InlineData("L28 a digest of the wrong length", "\n_25._tcp.mx.example.test. 3600 IN TLSA 3 1 1 ")]
    [InlineData("M04 two records", "rua=mailto:reports@example.test\"")]
    [InlineData("M05 the record below an old name", "rua=mailto:reports@example.test\"")]
    [InlineData("M07 two places for reports", "some senders serve only the first")]
    public async Task The_answer_holds(string key, string text) => Assert.Contains(text, await AnswerAsync(key), StringComparison.Ordinal);

    [Fact, Rfc(8461, "4.1")]
    public async Task Lines_to_paste_leave_no_MX_host_out()
    {
        string answer = await AnswerAsync(world =>
        {
            HostilePeers.Ways["three hundred MX records"](world);
            world.Zone.Mx(LabWorld.Domain, 20, "backup.other.test");
        });

        Assert.Contains("\nmx: *.example.test\nmx: backup.other.test\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("K08", 50, false)]
    [InlineData("K08", 85, true)]
    public async Task A_chain_that_may_lack_the_root_alone_is_not_said_to_lack_an_intermediate(string causeId, int percent, bool namesIssuerAddress)
    {
        await using LabWorld world = LabWorld.Create();
        X509Certificate2 other = LabCertificates.Issue("Other Root", [], issuer: null, isAuthority: true);
        X509Certificate2 leaf = LabCertificates.Issue("lab", ["mx.example.test"], other, issuerAddress: namesIssuerAddress ? "http://aia.example.test/issuer.der" : null);
        world.Mx.Certificate = (_, _) => leaf;

        RankedCause cause = Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken)).Findings[0].Ranking.Causes[0];

        Assert.Equal((causeId, percent), (cause.Cause.Id, cause.Percent));
    }

    [Fact]
    public async Task One_slow_fetch_is_no_host_that_sleeps_when_another_address_is_fast()
    {
        string answer = await AnswerAsync(world =>
        {
            int count = 0;
            world.Web.Write = async (stream, _, cancellationToken) =>
            {
                await Task.Delay(Interlocked.Increment(ref count) == 1 ? 2200 : 0, cancellationToken);
                await stream.WriteAsync(LabWebServer.Response(200, world.Policy), cancellationToken);
            };
        });

        Assert.Empty(answer);
    }

    // Titles, what was seen, and what to do.
    private static Task<string> AnswerAsync(string key) => AnswerAsync(LabFaults.Get(key).Apply);

    private static async Task<string> AnswerAsync(Action<LabWorld> change)
    {
        await using LabWorld world = LabWorld.Create();
        change(world);
        return string.Join("\n\n", Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken)).Findings.Select(InWords));
    }

    private static string InWords(Finding finding) => string.Join('\n', [finding.Title, finding.Happened, .. finding.Actions]);
}
