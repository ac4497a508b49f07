using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting.Sending;
using Waxseal.Net.Dialing;

namespace Waxseal.Hosting.Metrics;

/// <summary>Pushes the figures to a collector of OpenTelemetry, again and again. None is sent twice: the next push says all that was missed.</summary>
internal sealed class OtlpPush(MetricsOptions options, Measurements measurements, RoleState state, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    private readonly HttpSender _http = new(new RouteDialer(new GuardedDialer(new AddressRules(options.Allowed), clock), "metrics.otlpAllowAddresses"), options.OtlpCaFile);
    private readonly Uri _place = new($"{options.Otlp.TrimEnd('/')}/v1/metrics");
    private int _failures;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
            await Task.Delay(await PushAsync(cancellationToken), clock, cancellationToken);
    }

    /// <summary>Pushes once, and gives how long to wait for the next time.</summary>
    private async Task<TimeSpan> PushAsync(CancellationToken cancellationToken)
    {
        SendAnswer answer = await SendAsync(cancellationToken);
        string? refused = answer.IsSent ? RefusedIn(answer.Body.Span) : null;
        HostMetrics.Pushed(!answer.IsSent ? "failed" : refused is null ? "taken" : "partly");
        if (!answer.IsSent || refused is not null)
            return Fail(refused ?? answer.Words, answer);

        state.Turn();
        if (_failures > 0)
            logger.FiguresPushedAgain(options.Otlp, _failures);
        _failures = 0;
        return options.OtlpInterval;
    }

    private async Task<SendAnswer> SendAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await _http.SendAsync(HttpMethod.Post, _place, OtlpJson.Write(measurements, clock.GetUtcNow()), options.Headers, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(false, $"no answer within {Timeout.TotalSeconds:0} seconds");
        }
    }

    private TimeSpan Fail(string reason, SendAnswer answer)
    {
        TimeSpan wait = answer.IsSent ? options.OtlpInterval : WaitAfter(_failures, answer.RetryAfter);
        state.Fail($"otlp: the figures are not pushed to {options.Otlp}: {reason}");
        if (_failures++ == 0)
            logger.FiguresNotPushed(options.Otlp, reason, wait);
        return wait;
    }

    private TimeSpan WaitAfter(int failures, TimeSpan? retryAfter)
    {
        TimeSpan wait = options.OtlpInterval * (1 << Math.Min(failures, 10));
        wait = wait < LongestWait ? wait : TimeSpan.FromTicks(Math.Max(LongestWait.Ticks, options.OtlpInterval.Ticks));
        TimeSpan asked = retryAfter is { } after && after < LongestRetryAfter ? after : LongestRetryAfter;
        return retryAfter is not null && asked > wait ? asked : wait;
    }

    // ExportMetricsPartialSuccess: what was refused is not to be sent again.
    private static string? RefusedIn(ReadOnlySpan<byte> answer)
    {
        try
        {
            Utf8JsonReader reader = new(answer);
            using JsonDocument json = JsonDocument.ParseValue(ref reader);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("partialSuccess", out JsonElement partial) || partial.ValueKind != JsonValueKind.Object
                || !partial.TryGetProperty("rejectedDataPoints", out JsonElement rejected)
                || !long.TryParse(rejected.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count == 0)
            {
                return null;
            }

            string message = partial.TryGetProperty("errorMessage", out JsonElement text) ? Terminal.Brief.Line(text.ToString(), 200) : "";
            return string.Create(CultureInfo.InvariantCulture, $"{count} data points refused: {message}");
        }
        catch (JsonException)
        {
            // Some answer with an empty body, or in words.
            return null;
        }
    }
}
