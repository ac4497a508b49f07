namespace Waxseal.Tests.Dashboard;

/// <summary>What is pasted on the page Explain.</summary>
public class PastedTests
{
    [Fact]
    public async Task A_pasted_bounce_and_pasted_lines_are_explained_on_the_same_page()
    {
        await using DashboardLab lab = await DashboardLab.StartAsync();
        await lab.AddAccountAsync("alice");
        using Browser browser = await lab.LoggedInAsync("alice");

        Assert.Contains("Paste a report, a mail, log lines, a bounce, a record, or a policy", (await browser.GetAsync("/explain")).Body, StringComparison.Ordinal);
        Answer bounce = await browser.PostAsync("/explain", new() { ["text"] = "550 5.7.323 tlsa-invalid: The domain <script>failed</script> DANE validation" }, "/explain");
        Assert.Equal(200, bounce.Status);
        Assert.Contains("The certificate of the MX host matches no TLSA record", bounce.Body, StringComparison.Ordinal);
        Assert.Contains("The bounce of Exchange Online tells of 1 failed attempt", bounce.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>failed", bounce.Body, StringComparison.Ordinal);

        Answer log = await browser.PostAsync("/explain", new() { ["text"] = await File.ReadAllTextAsync(TestData.Path("deliveries/postfix-sender.log"), TestContext.Current.CancellationToken) }, "/explain");
        Assert.Contains("dane.example: the certificate of the MX host matches no TLSA record", log.Body, StringComparison.Ordinal);
        Assert.Contains("1 line tells of TLS in words that are not known here", log.Body, StringComparison.Ordinal);
        Assert.Contains("Attempts to deliver", log.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/reporters/log", log.Body, StringComparison.Ordinal);

        Answer nothing = await browser.PostAsync("/explain", new() { ["text"] = "hello" }, "/explain");
        Assert.Contains("no line of it tells of a delivery", nothing.Body, StringComparison.Ordinal);
    }
}
