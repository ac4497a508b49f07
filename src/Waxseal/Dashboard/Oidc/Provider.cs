using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Waxseal.Terminal;

namespace Waxseal.Dashboard.Oidc;

/// <summary>What is known of the provider. It is asked when somebody logs in and not before, so that the pages are there without it.</summary>
internal sealed class Provider : IDisposable
{
    private const int MostMetadata = 64 * 1024;
    private const int MostKeys = 256 * 1024;
    private const int MostWords = 400;

    private static readonly TimeSpan Oldest = TimeSpan.FromHours(1);

    // A key that is not known yet may be new; more often than this nobody has the provider asked.
    private static readonly TimeSpan OldestForNewKey = TimeSpan.FromSeconds(30);

    private readonly OidcOptions _options;
    private readonly ProviderClient _client;
    private readonly ILogger _logger;
    private readonly Kept<ProviderMetadata> _metadata;
    private readonly Kept<SigningKeys> _keys;

    public Provider(OidcOptions options, ProviderClient client, TimeProvider clock, ILogger logger)
    {
        (_options, _client, _logger) = (options, client, logger);
        _metadata = new(FetchMetadataAsync, clock);
        _keys = new(FetchKeysAsync, clock);
    }

    public void Dispose()
    {
        _metadata.Dispose();
        _keys.Dispose();
    }

    /// <summary>What the provider says of itself, or why it cannot be used.</summary>
    public Task<(ProviderMetadata? Value, string? Problem)> MetadataAsync(CancellationToken cancellationToken) => _metadata.GetAsync(Oldest, cancellationToken);

    /// <summary>The key by which a token is signed; null with a problem when the keys cannot be had, and without one when it is none of them.</summary>
    /// <param name="id">What the token calls it.</param>
    /// <param name="algorithm">How the token is signed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(JsonWebKey? Key, string? Problem)> KeyAsync(string? id, string algorithm, CancellationToken cancellationToken)
    {
        (SigningKeys? keys, string? problem) = await _keys.GetAsync(Oldest, cancellationToken);
        if (keys?.Find(id, algorithm) is { } known)
            return (known, null);
        if (keys is not null)
            (keys, problem) = await _keys.GetAsync(OldestForNewKey, cancellationToken);
        return (keys?.Find(id, algorithm), problem);
    }

    private async Task<(ProviderMetadata? Value, string? Problem)> FetchMetadataAsync()
    {
        (JsonElement? json, string? problem) = await AskAsync(ProviderMetadata.PlaceOf(_options.Issuer), MostMetadata);
        return json is null ? (null, problem) : Noted(ProviderMetadata.Read(json.Value, _options.Issuer));
    }

    private async Task<(SigningKeys? Value, string? Problem)> FetchKeysAsync()
    {
        (ProviderMetadata? metadata, string? unusable) = await MetadataAsync(CancellationToken.None);
        if (metadata is null)
            return (null, unusable);
        (JsonElement? json, string? problem) = await AskAsync(metadata.JwksUri, MostKeys);
        return json is null ? (null, problem) : Noted(SigningKeys.Read(json.Value.GetRawText()));
    }

    private async Task<(JsonElement? Json, string? Problem)> AskAsync(Uri place, int most)
    {
        (JsonElement? json, string? problem) = await _client.AskAsync(new(HttpMethod.Get, place) { MostAnswer = most }, CancellationToken.None);
        return problem is null ? (json, null) : Noted<JsonElement?>((null, problem));
    }

    private (T Value, string? Problem) Noted<T>((T Value, string? Problem) fetched)
    {
        if (fetched.Problem is { } problem)
            _logger.ProviderUnusable(_options.Issuer, Brief.Line(problem, MostWords));
        return fetched;
    }
}
