using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Waxseal.Tests.Hosting;

public partial class LogsPageTests
{
    [Fact]
    public void The_page_of_log_lines_names_every_event()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "logs.md"));

        string[] missing = [.. Events().Where(line => !page.Contains(line, StringComparison.Ordinal))];

        Assert.Empty(missing);
        Assert.Equal(Events().Count(), page.Split('\n').Count(line => line.StartsWith("| 1", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Events() =>
        from type in typeof(Waxseal.Hosting.ServeHost).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let message = method.GetCustomAttribute<LoggerMessageAttribute>()
        where message is not null
        select $"| {message.EventId} | {WordOf(message.Level)} | {Placeholder().Replace(message.Message, "…")} |";

    private static string WordOf(LogLevel level) => level == LogLevel.Information ? "info" : level.ToString().ToLowerInvariant();

    [GeneratedRegex(@"\{[A-Za-z]+\}")]
    private static partial Regex Placeholder();
}
