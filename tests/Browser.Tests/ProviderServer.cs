using System.Diagnostics;

namespace Browser.Tests;

/// <summary>Django OAuth Toolkit as a provider of OpenID Connect. By its name it is another site than 127.0.0.1.</summary>
internal sealed class ProviderServer : IAsyncDisposable
{
    public const string Secret = "the secret: +/";
    public const string Password = "the password there";

    private const string Python = "/usr/bin/python3";
    private const string Toolkit = "/usr/lib/python3/dist-packages/oauth2_provider";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-provider-").FullName;
    private readonly int _port = ServedSite.FreePort();
    private Process? _process;

    /// <summary>Why there can be none; null when there can.</summary>
    public static string? Missing => File.Exists(Python) && Directory.Exists(Toolkit) ? null : "The provider (package python3-django-oauth-toolkit) is not there.";

    public string Issuer => $"http://localhost:{_port}/o";

    /// <summary>Starts it, for a client that is led back to one address.</summary>
    public async Task StartAsync(string redirectUri)
    {
        ProcessStartInfo start = new(Python, [Path.Combine(AppContext.BaseDirectory, "provider.py"), $"{_port}", _folder, redirectUri]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        _process = Process.Start(start)!;
        await _process.StandardInput.WriteLineAsync(Secret);
        _process.StandardInput.Close();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        Stopwatch waited = Stopwatch.StartNew();
        using HttpMessageInvoker client = new(new SocketsHttpHandler { UseProxy = false });
        while (!await AnswersAsync(client))
        {
            Assert.True(waited.Elapsed < Patience && !_process.HasExited, "The provider does not answer.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (!_process.HasExited)
                _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync(HttpMessageInvoker client)
    {
        try
        {
            using HttpRequestMessage question = new(HttpMethod.Get, $"{Issuer}/.well-known/openid-configuration");
            using HttpResponseMessage answer = await client.SendAsync(question, TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It has not begun to listen yet.
            return false;
        }
    }
}
