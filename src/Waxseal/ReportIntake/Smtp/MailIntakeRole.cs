using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Hosting.Listening;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>The mail server that takes reports, by SMTP or LMTP, and nothing else.</summary>
internal sealed class MailIntakeRole : IRole, IDisposable
{
    private readonly MailIntakeOptions _options;
    private readonly Systemd _systemd;
    private readonly ILogger _logger;
    private readonly MailDelivery _delivery;
    private readonly MailListener _listener;
    private ListeningSockets? _sockets;

    public MailIntakeRole(MailIntakeOptions options, string shared, MailIntake mails, IntakeRoom room, RateLimits limits, Systemd systemd, TimeProvider clock, ILoggerFactory loggers)
    {
        bool isLmtp = options is LmtpIntakeOptions;
        Name = isLmtp ? LmtpIntakeOptions.Section.Name : SmtpIntakeOptions.Section.Name;
        Options = $"{shared}\n{(options is LmtpIntakeOptions lmtp ? LmtpIntakeOptions.Section.Mark(lmtp) : SmtpIntakeOptions.Section.Mark((SmtpIntakeOptions)options))}";
        State = new RoleState(Name, clock);
        _options = options;
        _systemd = systemd;
        _logger = loggers.CreateLogger<MailIntakeRole>();
        _delivery = new MailDelivery(isLmtp ? Channel.Lmtp : Channel.Smtp, mails, room.Unpacking, limits, clock, _logger);
        MailService service = new(isLmtp, options.HostName ?? Environment.MachineName, options.Mailboxes, room.Places, _delivery.TakeAsync)
        {
            SecureAsync = options is { Certificate: { } certificate, Key: { } key } ? new MailTls(new CurrentCertificate(certificate, key, _logger)).BeginAsync : null,
            Timeout = options.Timeout,
            IdleTimeout = options.IdleTimeout,
            Clock = clock,
        };
        _listener = new MailListener(Name, service, State, new ConnectionCounts(options.MaxConnections, options.MaxConnectionsPerSource), _logger);
    }

    public string Name { get; }

    public string Options { get; }

    public RoleState State { get; }

    /// <summary>Where it listens, once it does.</summary>
    public IReadOnlyCollection<string> Addresses => _sockets is null ? [] : [.. _sockets.All.Select(AddressOf)];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sockets = ListeningSockets.Open(Name, _options.Listen, _systemd);
        _listener.Start(_sockets.All);
        foreach (string address in Addresses)
            _logger.Listening(Name, address);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _listener.CloseAsync();
        _sockets?.Dispose();
        _sockets = null;
        await _listener.DrainAsync(cancellationToken);

        // Not before all sessions have ended.
        Dispose();
    }

    public void Dispose()
    {
        _sockets?.Dispose();
        _sockets = null;
        _listener.Dispose();
    }

    private static string AddressOf(Socket socket) => socket.LocalEndPoint is UnixDomainSocketEndPoint path ? $"unix:{path}" : socket.LocalEndPoint?.ToString() ?? "";
}
