using System.Text.Json;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>What strangers write is text, wherever it stands.</summary>
public class HostileTests(DemoSite site)
{
    private static readonly string[] Texts =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'-alert(1)-'", "\u202Egnp.exe", "=cmd|' /C calc'!A0", "</textarea><script>alert(2)</script>", new string('W', 1_000_000),
        "javascript:alert(3)", "{{7*7}} ${7*7} @Model", "Line\nbreak\u0000\u2028",
    ];

    [Fact]
    public async Task Hostile_words_are_shown_and_do_nothing()
    {
        await using ServedSite hostile = await ServedSite.OfAsync([.. Texts.Select(Report)]);
        await using WatchedPage page = await site.OpenAsync("/", 390, address: hostile.Address);
        HashSet<string> paths = ["/", "/reports", "/settings", "/alerts"];
        foreach (string start in paths.ToArray())
        {
            await page.GoAsync(start);
            paths.UnionWith((await page.Page.Locator("main a[href^='/']").EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('href'))")).Where(path => !path.EndsWith("/raw", StringComparison.Ordinal)));
        }

        foreach (string path in paths)
        {
            IResponse response = await page.GoAsync(path);
            Assert.True(response.Status == 200, $"{Brief(path)}: {response.Status}");
            Assert.True(await page.OverflowAsync() <= 0, $"{Brief(path)} is wider than the window");
            Assert.Equal(0, await page.Page.Locator("script:not([src]), img[src=x], [onerror]").CountAsync());
        }

        Assert.Empty(page.Faults);
        Assert.True(paths.Count > 20, $"only {paths.Count} pages");
    }

    private static string Brief(string text) => text.Length > 100 ? text[..100] : text;

    private static string Report(string text, int number)
    {
        string day = DateTime.UnixEpoch.AddSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddDays(-2 - number).ToString("yyyy-MM-dd", null);
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["organization-name"] = text,
            ["date-range"] = new Dictionary<string, string> { ["start-datetime"] = $"{day}T00:00:00Z", ["end-datetime"] = $"{day}T23:59:59Z" },
            ["contact-info"] = text,
            ["report-id"] = text,
            ["policies"] = new[]
            {
                new Dictionary<string, object>
                {
                    ["policy"] = new Dictionary<string, object> { ["policy-type"] = "sts", ["policy-string"] = new[] { text }, ["policy-domain"] = number % 2 == 0 ? "eden.example" : text.Length > 1000 ? text[..200] : text, ["mx-host"] = new[] { text } },
                    ["summary"] = new Dictionary<string, object> { ["total-successful-session-count"] = 1, ["total-failure-session-count"] = 2 },
                    ["failure-details"] = new[] { new Dictionary<string, object> { ["result-type"] = "certificate-expired", ["failure-reason-code"] = text, ["additional-information"] = text, ["receiving-mx-hostname"] = text, ["failed-session-count"] = 2 } },
                },
            },
        });
    }
}
