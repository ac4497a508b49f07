using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waxseal.Hosting.Sending;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Routes;

/// <summary>
/// Posts JSON, signed by HMAC-SHA256 over id, time and body as the Standard Webhooks specification has it: who keeps ids for as long as
/// it accepts a time takes each message once.
/// </summary>
internal sealed class Webhook(WebhookOptions options, HttpSender http, TimeProvider clock) : IRoute
{
    /// <summary>Octets of the shortest key.</summary>
    public const int LeastKey = 24;

    private const string KeyPrefix = "whsec_";

    public string Name => options.Name;

    public string Place => options.Url;

    public bool Takes(AlertKey key) => options.Takes(key);

    public Task<SendAnswer> SendAsync(Notice notice, CancellationToken cancellationToken)
    {
        byte[] body = NoticeJson.Of(notice);
        string time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return http.SendAsync(HttpMethod.Post, new Uri(options.Url), body,
            [("webhook-id", notice.Id), ("webhook-timestamp", time), ("webhook-signature", Sign(KeyOf(options.Secret!.Reveal())!, notice.Id, time, body))], cancellationToken);
    }

    /// <summary>The signature of a message, with the version of the scheme before it.</summary>
    public static string Sign(byte[] key, string id, string time, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
    }

    /// <summary>The key in a secret: base64 behind <c>whsec_</c>, or the text itself; null when it is no base64.</summary>
    public static byte[]? KeyOf(string secret) => !secret.StartsWith(KeyPrefix, StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(secret)
        : Base64.IsValid(secret.AsSpan(KeyPrefix.Length)) ? Convert.FromBase64String(secret[KeyPrefix.Length..])
        : null;
}
