using System.Diagnostics.Metrics;

namespace Waxseal.Hosting;

/// <summary>What is measured of the program itself.</summary>
internal static class HostMetrics
{
    private static readonly Meter Meter = new("Waxseal.Hosting");

    private static readonly Counter<long> LoopTurns = Meter.CreateCounter<long>("waxseal.loop.turns", null, "Times the loop of a role went round");
    private static readonly Counter<long> LoopFailures = Meter.CreateCounter<long>("waxseal.loop.failures", null, "Times the loop of a role broke down by a fault of waxseal and began again");
    private static readonly Counter<long> Connections = Meter.CreateCounter<long>("waxseal.connections", null, "Connections accepted");
    private static readonly UpDownCounter<long> OpenConnections = Meter.CreateUpDownCounter<long>("waxseal.connections.open", null, "Connections open now");
    private static readonly Counter<long> RefusedConnections = Meter.CreateCounter<long>("waxseal.connections.refused", null, "Connections refused because there were too many");
    private static readonly Counter<long> Responses = Meter.CreateCounter<long>("waxseal.http.responses", null, "Answers by HTTP");
    private static readonly Counter<long> Reloads = Meter.CreateCounter<long>("waxseal.configuration.reloads", null, "Times the configuration was read again");
    private static readonly Counter<long> Pushes = Meter.CreateCounter<long>("waxseal.otlp.pushes", null, "Pushes of the figures by OTLP");

    public static void LoopTurned(string role) => LoopTurns.Add(1, new KeyValuePair<string, object?>("role", role));

    public static void LoopFailed(string role) => LoopFailures.Add(1, new KeyValuePair<string, object?>("role", role));

    public static void ConnectionBegan(string role)
    {
        Connections.Add(1, new KeyValuePair<string, object?>("role", role));
        OpenConnections.Add(1, new KeyValuePair<string, object?>("role", role));
    }

    public static void ConnectionEnded(string role) => OpenConnections.Add(-1, new KeyValuePair<string, object?>("role", role));

    /// <summary>A connection was refused.</summary>
    /// <param name="role">Where.</param>
    /// <param name="reason">A word for it, one of few.</param>
    public static void ConnectionRefused(string role, string reason) =>
        RefusedConnections.Add(1, new KeyValuePair<string, object?>("role", role), new KeyValuePair<string, object?>("reason", reason));

    public static void Answered(string role, int status) =>
        Responses.Add(1, new KeyValuePair<string, object?>("role", role), new KeyValuePair<string, object?>("status", status));

    public static void Reloaded(bool isTaken) => Reloads.Add(1, new KeyValuePair<string, object?>("outcome", isTaken ? "taken" : "refused"));

    /// <summary>The figures were pushed.</summary>
    /// <param name="outcome">What came of it: taken, partly or failed.</param>
    public static void Pushed(string outcome) => Pushes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
