using System.CommandLine;
using System.Globalization;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Reports;

namespace Waxseal.Commands.Store;

/// <summary>The options by which reports are chosen.</summary>
internal sealed class ReportChoice
{
    private static readonly string[] States = [.. Enum.GetValues<ReportState>().Select(state => state.ToWord())];

    private readonly Option<string?> _domain = new("--domain") { Description = "Reports about this policy domain alone.", HelpName = "DOMAIN" };
    private readonly Option<string?> _state = new("--state") { Description = $"Reports in this state alone: {string.Join(", ", States)}.", HelpName = "STATE" };
    private readonly Option<string?> _organization = new("--organization") { Description = "Reports by this organisation alone, by its name or as waxseal calls it.", HelpName = "NAME" };
    private readonly Option<string?> _since = new("--since") { Description = "Reports that arrived at this time or later: a day (UTC) or a time of RFC 3339.", HelpName = "TIME" };
    private readonly Option<string?> _until = new("--until") { Description = "Reports that arrived before this time; a day is taken whole.", HelpName = "TIME" };

    public ReportChoice(Command command)
    {
        _state.AcceptOnlyFromAmong(States);
        command.Add(_domain);
        command.Add(_state);
        command.Add(_organization);
        command.Add(_since);
        command.Add(_until);
    }

    /// <summary>Reads the options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="filter">What they choose.</param>
    /// <returns>What is wrong with them, as a sentence; null when nothing is.</returns>
    public string? Read(ParseResult parsed, out ReportFilter filter)
    {
        filter = new ReportFilter { Reporter = parsed.GetValue(_organization), State = parsed.GetValue(_state) is { } state ? Words.StateOf(state) : null };
        if (parsed.GetValue(_domain) is { } domain)
        {
            if (!DomainName.TryParse(domain.TrimEnd('.'), out DomainName? name, out DomainNameError? error))
                return $"\"{domain}\" {error.Text}";
            filter = filter with { PolicyDomain = name.Value };
        }

        if (parsed.GetValue(_since) is { } since)
        {
            if (TimeOf(since, isEnd: false) is not { } from)
                return $"--since takes a day such as 2026-03-01 or a time such as 2026-03-01T12:00:00Z, and not \"{since}\".";
            filter = filter with { Since = from };
        }

        if (parsed.GetValue(_until) is { } until)
        {
            if (TimeOf(until, isEnd: true) is not { } to)
                return $"--until takes a day such as 2026-03-01 or a time such as 2026-03-01T12:00:00Z, and not \"{until}\".";
            filter = filter with { Until = to };
        }

        return null;
    }

    /// <summary>The filter with the reporter as the store has it: the name is compared without regard to case, as is that by which waxseal knows the organisation.</summary>
    public static async Task<ReportFilter> SettleAsync(ReportFilter filter, ReportList list, CancellationToken cancellationToken)
    {
        if (filter.Reporter is not { } wanted)
            return filter;
        Report any = new() { OrganizationName = wanted, DateRange = new(default, default), ReportId = "", Policies = [] };
        string[] names = [wanted, KnownReporters.Identify(any).Name];
        return filter with { Reporter = (await list.ReportersAsync(cancellationToken)).FirstOrDefault(known => names.Contains(known, StringComparer.OrdinalIgnoreCase)) ?? wanted };
    }

    private static DateTimeOffset? TimeOf(string text, bool isEnd)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day < DateOnly.MaxValue)
            return new DateTimeOffset((isEnd ? day.AddDays(1) : day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
    }
}
