using System.Runtime.Versioning;
using Interop.Tests.Domains;
using Interop.Tests.Network;
using Interop.Tests.Servers;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Interop.Tests.InteropLab))]
[assembly: SupportedOSPlatform("linux")]

// The tests share servers, and one of them counts packets.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Interop.Tests;

/// <summary>
/// A small Internet of real servers in two network namespaces, begun once for all tests: Knot DNS from the root down, Unbound, nginx
/// and Postfix. Each fault has a policy domain of its own, so nothing is changed while tests run.
/// </summary>
public sealed class InteropLab : IAsyncLifetime
{
    private static readonly TimeSpan MostTimeToStart = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(50);

    private readonly List<Server> _servers = [];
    private RunFolder? _folder;

    /// <summary>Why there is no laboratory on this machine; null where there is one.</summary>
    public string? Missing { get; private set; }

    internal Namespaces Namespaces { get; private set; } = null!;

    internal string RootFile => _folder!.File("root.pem");

    internal string AnchorFile => _folder!.File("anchors");

    internal string ReportFile => _folder!.File("report.json");

    public async ValueTask InitializeAsync()
    {
        using CancellationTokenSource deadline = new(MostTimeToStart, TimeProvider.System);
        Missing = await Prerequisites.MissingAsync(deadline.Token);
        if (Missing is not null)
            return;

        foreach (RunFolder left in RunFolder.LeftBehind())
        {
            using (left)
                await new Namespaces(left.Name).DeleteAsync(deadline.Token);
        }

        _folder = RunFolder.Create();
        Namespaces = new Namespaces(_folder.Name);
        try
        {
            await StartAsync(_folder, deadline.Token);
        }
        catch (Exception)
        {
            // A fixture that does not come about is not disposed of.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _servers.ForEach(server => server.Dispose());
        _servers.Clear();
        if (_folder is null)
            return;
        await Namespaces.DeleteAsync(CancellationToken.None);
        _folder.Dispose();
        _folder = null;
    }

    /// <summary>Skips the test where there is no laboratory.</summary>
    internal void SkipWhereMissing() => Assert.SkipWhen(Missing is not null, Missing ?? "");

    private static string Tail(string text) => text.Length > 4000 ? text[^4000..] : text;

    private async Task StartAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        await Namespaces.CreateAsync(folder.Path, cancellationToken);
        await Namespaces.SetUpFirewallAsync(folder.Path, cancellationToken);
        CertificateAuthority authority = new(folder);
        Hosts hosts = Hosts.Of(authority, folder);
        NginxServer web = hosts.Web;
        PostfixServer mail = hosts.Mail;
        _servers.Add(web.Start(Namespaces));
        _servers.Add(await mail.StartAsync(Namespaces, cancellationToken));

        NameServers dns = new(folder, Namespaces, server => _servers.Add(server), UntilAsync);
        await dns.StartAsync(hosts.MxKeyDigest, AnchorFile, cancellationToken);
        string hints = folder.File("root.hints");
        await File.WriteAllTextAsync(hints, $". 3600 NS ns.test.\nns.test. 3600 A {Addresses.Parent}\n", cancellationToken);
        _servers.Add(new UnboundServer("unbound", folder, Addresses.Resolver, "validator iterator").Start(Namespaces, hints, AnchorFile));
        _servers.Add(new UnboundServer("unbound-unchecked", folder, Addresses.ResolverWithoutValidation, "iterator").Start(Namespaces, hints, AnchorFile));

        string[] expected =
        [
            .. web.Listening, .. mail.Listening,
            Addresses.WithPort(Addresses.Resolver, 53), Addresses.WithPort(Addresses.ResolverWithoutValidation, 53),
        ];
        await UntilAsync("the servers listen", async () => (await Namespaces.ListeningAsync(cancellationToken)).IsSupersetOf(expected), cancellationToken);
    }

    /// <summary>Asks again and again until the answer is yes; a server that ends meanwhile, or the end of the time, is a fault.</summary>
    private async Task UntilAsync(string what, Func<Task<bool>> ask, CancellationToken cancellationToken)
    {
        while (!await AskedAsync(ask, cancellationToken))
        {
            bool isOver = cancellationToken.IsCancellationRequested;
            if (isOver || _servers.Exists(server => server.HasEnded))
            {
                string said = string.Join('\n', _servers.Select(server => $"{server.Name}{(server.HasEnded ? " (ended)" : "")}:\n{Tail(server.Said)}"));
                throw new InvalidOperationException($"It did not come about that {what}.\n{said}");
            }
        }
    }

    private static async Task<bool> AskedAsync(Func<Task<bool>> ask, CancellationToken cancellationToken)
    {
        try
        {
            if (await ask())
                return true;
            await Task.Delay(BetweenQuestions, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Whoever asks sees that the time is over, and says more about it.
            return false;
        }

        return false;
    }
}
