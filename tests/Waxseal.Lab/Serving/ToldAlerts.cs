using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace Waxseal.Lab.Serving;

/// <summary>A web server that takes what a webhook of alerts says, and counts how often each alert was raised there.</summary>
internal sealed class ToldAlerts : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, byte> _messages = [];
    private readonly ConcurrentDictionary<string, int> _raised = [];

    public ToldAlerts()
    {
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = TakeAsync();
    }

    public string Url { get; } = $"http://127.0.0.1:{ServeProcess.FreePort()}/";

    /// <summary>How often each alert was told of as raised, by its id; a message that came again with its id counts once.</summary>
    public IReadOnlyDictionary<string, int> Raised => _raised;

    public void Dispose() => _listener.Close();

    private async Task TakeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                Take(context.Request);
                context.Response.StatusCode = (int)HttpStatusCode.NoContent;
                context.Response.Close();
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                // Whoever asked is gone, or this server is: the loop finds out.
                continue;
            }
        }
    }

    private void Take(HttpListenerRequest request)
    {
        using JsonDocument message = JsonDocument.Parse(request.InputStream);
        if (!_messages.TryAdd(request.Headers["webhook-id"]!, 0))
            return;
        foreach (JsonElement alert in message.RootElement.GetProperty("alerts").EnumerateArray().Where(alert => alert.GetProperty("event").GetString() == "raised"))
            _raised.AddOrUpdate(alert.GetProperty("alertId").GetString()!, 1, (_, times) => times + 1);
    }
}
