using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waxseal.Answers;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Looks;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Writes the reports of the store, or its looks, as lines for other programs.</summary>
internal sealed class StoreExportCommand : StoreSubcommand
{
    private static readonly string[] Header =
        ["policy_domain", "id", "state", "received_at", "times_received", "channel", "origin", "trust", "submitter", "reporter", "organization_name", "report_id", "start", "end", "successful", "failed", "fault", "reason"];

    private readonly Option<string> _format = new("--format") { Description = "jsonl (default) or csv.", HelpName = "FORMAT", DefaultValueFactory = _ => "jsonl" };
    private readonly Option<bool> _looks = new("--looks") { Description = "Write the looks of the monitor instead (jsonl); --domain, --since and --until choose among them." };
    private readonly ReportChoice _choice;

    public StoreExportCommand(Surroundings surroundings)
        : base("export", "Write the reports of the store, one a line, as JSON or CSV.", surroundings)
    {
        _format.AcceptOnlyFromAmong("jsonl", "csv");
        Add(_format);
        _choice = new(this);
        Add(_looks);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        if (_choice.Read(parsed, out ReportFilter filter) is { } problem)
            return Refuse(problem);
        bool isCsv = parsed.GetValue(_format) == "csv";
        bool isOfLooks = parsed.GetValue(_looks);
        if (isOfLooks && (isCsv || filter.State is not null || filter.Reporter is not null))
            return Refuse("--looks goes with --domain, --since and --until alone.");

        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        int done = isOfLooks
            ? await WriteLooksAsync(store, filter, cancellationToken)
            : await WriteReportsAsync(store, await ReportChoice.SettleAsync(filter, store.List, cancellationToken), isCsv, cancellationToken);
        if (done == 0)
            Surroundings.NewErrorPage().Paragraph(Styled.Warning("waxseal: ") + $"the store has no {(isOfLooks ? "look" : "report")}{(filter == new ReportFilter() ? "" : " that fits")}.");
        return ExitCode.Clean;
    }

    private async Task<int> WriteLooksAsync(Storage.Store store, ReportFilter filter, CancellationToken cancellationToken)
    {
        using Progress progress = new(Surroundings);
        int done = 0;
        string[] domains = filter.PolicyDomain is { } domain ? [domain] : [.. (await store.StoredLooks.LastAsync(cancellationToken)).Select(look => look.PolicyDomain)];
        foreach (string policyDomain in domains)
        {
            await foreach (Look look in store.StoredLooks.ListAsync(policyDomain, filter.Since ?? DateTimeOffset.UnixEpoch, filter.Until ?? DateTimeOffset.MaxValue, cancellationToken))
            {
                Surroundings.Out.Write($"{LookLine.Of(look)}\n");
                progress.Show($"{++done:N0} looks");
            }
        }

        return done;
    }

    private async Task<int> WriteReportsAsync(Storage.Store store, ReportFilter filter, bool isCsv, CancellationToken cancellationToken)
    {
        if (isCsv)
            Surroundings.Out.Write($"{string.Join(',', Header)}\r\n");
        using Progress progress = new(Surroundings);
        int done = 0;
        await foreach (StoredReport report in store.Stored.ListAsync(filter, cancellationToken))
        {
            string?[] fields = FieldsOf(report);
            Surroundings.Out.Write(isCsv ? $"{string.Join(',', fields.Select(Csv))}\r\n" : $"{Json(fields)}\n");
            progress.Show($"{++done:N0} reports");
        }

        return done;
    }

    private static string?[] FieldsOf(StoredReport report) =>
    [
        report.Reference.PolicyDomain, report.Reference.Id, report.State.ToWord(), UtcTime.Of(report.Arrival.At), Number(report.TimesReceived),
        report.Arrival.Channel.ToWord(), report.Arrival.Origin, report.Arrival.Trust.ToWord(), report.Arrival.Submitter, report.Reporter,
        report.OrganizationName, report.ReportId, report.DateRange is { } range ? UtcTime.Of(range.Start) : null, report.DateRange is { } same ? UtcTime.Of(same.End) : null,
        Number(report.Successful), Number(report.Failed), report.Fault, WhyNotCounted.Of(report)?.Reason,
    ];

    // RFC 4180 §2. A spreadsheet takes what begins with these for a formula; a mark before it makes it a text.
    private static string Csv(string? field)
    {
        string text = field ?? "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = $"'{text}";
        return text.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string Json(string?[] fields)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            for (int i = 0; i < Header.Length; i++)
            {
                if (Header[i] is "times_received" or "successful" or "failed")
                    json.WriteNumber(Header[i], long.Parse(fields[i]!, CultureInfo.InvariantCulture));
                else
                    json.WriteString(Header[i], fields[i]);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
