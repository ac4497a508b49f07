using Microsoft.AspNetCore.Http;

namespace Waxseal.ReportIntake.Https;

/// <summary>Reads the body of a request into memory, within a limit.</summary>
internal static class BodyOf
{
    private const int Usual = 16 * 1024;

    /// <summary>The body, or null when it is longer than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        // A length is a promise of the sender's, so no more is set aside for it than a usual report needs.
        byte[] body = new byte[Math.Clamp(request.ContentLength ?? Usual, 1, Usual)];
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
                Array.Resize(ref body, (int)Math.Min((long)body.Length * 2, (long)most + 1));
        }
    }
}
