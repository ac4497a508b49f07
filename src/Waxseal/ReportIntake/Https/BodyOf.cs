using Microsoft.AspNetCore.Http;

namespace Waxseal.ReportIntake.Https;

/// <summary>Reads the body of a request into memory, within a limit.</summary>
internal static class BodyOf
{
    private const int Usual = 16 * 1024;

    /// <summary>The body, or null when it is longer than the limit.</summary>
    /// <param name="request">The request.</param>
    /// <param name="most">The limit.</param>
    /// <param name="hasPlace">Whether it is one of the few large ones that are read at once.</param>
    /// <param name="cancellationToken">Ends the wait for more of it.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int most, bool hasPlace, CancellationToken cancellationToken)
    {
        // A length is a promise of the sender's, so no more is set aside for it than a usual report needs; but where few are read
        // at once, to grow step by step would cost twice as much. The octet more shows the end without another step.
        byte[] body = new byte[Math.Clamp((request.ContentLength ?? Usual) + 1, 1, hasPlace ? most + 1 : Usual)];
        int length = 0;
        while (true)
        {
            int count = await request.Body.ReadAsync(body.AsMemory(length), cancellationToken);
            if (count == 0)
                return body.AsMemory(0, length);
            length += count;
            if (length > most)
                return null;
            if (length == body.Length)
                Array.Resize(ref body, (int)Math.Min((long)body.Length * 2, most + 1L));
        }
    }
}
