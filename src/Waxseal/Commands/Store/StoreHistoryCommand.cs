using System.Collections.Immutable;
using System.CommandLine;
using Waxseal.Hosting.Configuration;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Names;
using Waxseal.Storage.Looks;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Tells what the monitor saw of a policy domain.</summary>
internal sealed class StoreHistoryCommand : StoreSubcommand
{
    private const int DaysShown = 30;

    private readonly Argument<string?> _domain = new("DOMAIN") { Description = "The policy domain; without it the last look at each is told.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int> _days = new("--days") { Description = $"How many days are told (1 to 36500; default {DaysShown}).", HelpName = "N", DefaultValueFactory = _ => DaysShown };
    private readonly Option<bool> _all = new("--all") { Description = "Tell changes of TTLs and serials as well." };
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON for programs." };

    public StoreHistoryCommand(Surroundings surroundings)
        : base("history", "Tell what the monitor saw of a policy domain: a time line of how it stood, and of what changed.", surroundings)
    {
        Add(_domain);
        Add(_days);
        Add(_all);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_days) is < 1 or > 36_500)
            return Refuse("--days takes a number from 1 to 36500.");
        DomainName? name = null;
        if (parsed.GetValue(_domain) is { } text && !DomainName.TryParse(text.TrimEnd('.'), out name, out DomainNameError? error))
            return Refuse($"\"{text}\" {error.Text}");

        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        List<Look> last = name is null ? await store.StoredLooks.LastAsync(cancellationToken) : await store.StoredLooks.LastAsync(name.Value, cancellationToken);
        if (last.Count == 0)
            return NothingThere(name, configuration, parsed.GetValue(_json));

        DateTimeOffset since = Surroundings.Clock.GetUtcNow().AddDays(-parsed.GetValue(_days));
        ImmutableArray<HistoryEntry> entries = name is null ? [] : await EntriesAsync(store.StoredLooks, name.Value, since, parsed.GetValue(_all), cancellationToken);
        IReadOnlyList<ObservedPeriod> now = name is null ? [] : [.. (await store.StoredLooks.PeriodsAsync(name.Value, cancellationToken)).GroupBy(period => (period.Kind, period.Subject)).Select(group => group.MaxBy(period => period.FirstSeen)!)];
        IReadOnlyList<CertificatePeriod> certificates = name is null ? [] : await store.StoredLooks.CertificatesAsync(name.Value, cancellationToken);
        if (parsed.GetValue(_json))
        {
            Surroundings.Out.Flush();
            HistoryJson.Write(Surroundings.OutStream, last, entries, now, certificates);
            return ExitCode.Clean;
        }

        Page page = Surroundings.NewPage();
        if (name is null)
            HistoryText.WriteLast(page, last);
        else
            new HistoryText(page, parsed.GetValue(_all)).Write(last[0], entries, now, certificates, parsed.GetValue(_days));
        return ExitCode.Clean;
    }

    private static async Task<ImmutableArray<HistoryEntry>> EntriesAsync(StoredLooks stored, string policyDomain, DateTimeOffset since, bool all, CancellationToken cancellationToken)
    {
        List<HistoryEntry> entries = [];
        await foreach (Look look in stored.ListAsync(policyDomain, since, DateTimeOffset.MaxValue, cancellationToken))
        {
            // What comes out the same as before goes on.
            if (entries.Count > 0 && entries[^1] is { Look: { } before } run && before.Standing == look.Standing && before.Headline == look.Headline)
                entries[^1] = run with { Until = look.At, Looks = run.Looks + 1 };
            else
                entries.Add(new(look.At) { Look = look, Until = look.At, Looks = 1 });
        }

        DomainHistory history = new([], [.. await stored.PeriodsAsync(policyDomain, cancellationToken)], []);
        entries.AddRange(history.Changes
            .Where(change => change.By >= since && (all || change.Kind is not (ObservedKind.Serial or ObservedKind.Ttl or ObservedKind.NegativeTtl)))
            .Select(change => new HistoryEntry(change.By) { Change = change }));
        return [.. entries.OrderBy(entry => entry.At).ThenBy(entry => entry.Change is null)];
    }

    private int NothingThere(DomainName? name, ServeConfiguration configuration, bool isJson)
    {
        bool isConfigured = name is not null && configuration.Monitor?.Domains.Any(domain => DomainName.TryParse(domain, out DomainName? known, out _) && known == name) == true;
        string subject = name is null ? "any policy domain" : name.Value;
        (isJson ? Surroundings.NewErrorPage() : Surroundings.NewPage()).Paragraph($"There is no look at {subject} yet. "
            + (isConfigured ? "The monitor of waxseal serve takes one as soon as it runs." : $"waxseal serve takes them where the configuration says so: [monitor] with domains = [\"{(name is null ? "example.com" : name.Value)}\"]."));
        return ExitCode.CouldNotTell;
    }
}

/// <summary>An entry of a time line: looks that came out the same, or a change.</summary>
/// <param name="At">When it begins.</param>
internal sealed record HistoryEntry(DateTimeOffset At)
{
    /// <summary>The first of the looks; null for a change.</summary>
    public Look? Look { get; init; }

    /// <summary>When the last of the looks was.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>How many looks.</summary>
    public int Looks { get; init; }

    /// <summary>The change; null for looks.</summary>
    public ObservedChange? Change { get; init; }
}
