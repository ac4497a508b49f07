using System.Text.Json;
using Waxseal.Hosting.Sending;
using Waxseal.Net.Dialing;

namespace Waxseal.Dashboard.Oidc;

/// <summary>Asks a provider for JSON: for ten seconds at most, and for no more of it than there should be.</summary>
internal sealed class ProviderClient(OidcOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // What names a thing twice may mean either.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private readonly HttpSender _http = new(new RouteDialer(new GuardedDialer(new AddressRules(options.Allowed), clock), "dashboard.oidc.allowAddresses"), options.CaFile);

    /// <summary>Asks once.</summary>
    /// <returns>What the provider said, an object; what it said of a failure as well, where that is one.</returns>
    public async Task<(JsonElement? Json, string? Problem)> AskAsync(SendRequest request, CancellationToken cancellationToken)
    {
        SendAnswer answer = await SendAsync(request with { Header = [.. request.Header, ("Accept", "application/json")] }, cancellationToken);
        string? problem = !answer.IsSent ? answer.Words : answer.IsCut ? $"what it said is longer than {request.MostAnswer / 1024} KB" : null;
        if (answer.IsCut || answer.Body.IsEmpty)
            return (null, $"{request.Uri}: {problem ?? "it said nothing"}");
        return ObjectIn(answer.Body) is { } json ? (json, problem is null ? null : $"{request.Uri}: {problem}") : (null, $"{request.Uri}: {problem ?? "what it said is no JSON object"}");
    }

    private async Task<SendAnswer> SendAsync(SendRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await _http.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(false, $"no answer within {Timeout.TotalSeconds:0} seconds");
        }
    }

    private static JsonElement? ObjectIn(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, Strict);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
