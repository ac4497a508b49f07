using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Waxseal.ReportIntake.Https;

/// <summary>The body of a request as it comes. What has come decides whether it needs a place in memory, and not what was promised.</summary>
/// <param name="places">The places.</param>
internal sealed class RequestBody(IntakePlaces places) : IDisposable
{
    private const int First = 4 * 1024;

    // Whoever holds a place must send what others wait for.
    private static readonly MinDataRate RateOfPlaces = new(bytesPerSecond: 10_000, gracePeriod: TimeSpan.FromSeconds(5));

    private byte[] _octets = new byte[First];
    private IntakePlaces.Place? _place;
    private int _length;

    /// <summary>What has come.</summary>
    public ReadOnlyMemory<byte> Octets => _octets.AsMemory(0, _length);

    /// <summary>Reads to the end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="most">More than this is not read.</param>
    /// <param name="cancellationToken">Ends the wait for more of it.</param>
    public async Task<BodyReading> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            int count = await request.Body.ReadAsync(_octets.AsMemory(_length), cancellationToken);
            if (count == 0)
                return BodyReading.Whole;
            _length += count;
            if (_length > most)
                return BodyReading.TooLarge;
            if (_length == _octets.Length && !await MakeRoomAsync(request, most, cancellationToken))
                return BodyReading.NoPlace;
        }
    }

    public void Dispose()
    {
        _octets = [];
        _place?.Dispose();
    }

    private async Task<bool> MakeRoomAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        int next = (int)Math.Min(_octets.Length * 2L, most + 1L);
        if (next > (_place?.Octets ?? IntakePlaces.Small))
        {
            if (await places.TakeAsync(next, cancellationToken) is not { } place)
                return false;
            _place?.Dispose();
            _place = place;
            if (request.HttpContext.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
                rate.MinDataRate = RateOfPlaces;
        }

        // Few are large at once, so that their promise may be believed: to grow step by step would cost twice as much. The octet
        // more shows the end without another step.
        if (next > IntakePlaces.Medium && request.ContentLength + 1 is { } promised && promised > next)
            next = (int)Math.Min(promised, most + 1L);
        Array.Resize(ref _octets, next);
        return true;
    }
}

/// <summary>What came of reading a body.</summary>
internal enum BodyReading
{
    /// <summary>All of it is there.</summary>
    Whole,

    /// <summary>It is longer than the limit.</summary>
    TooLarge,

    /// <summary>Others as large were read all the time.</summary>
    NoPlace,
}
