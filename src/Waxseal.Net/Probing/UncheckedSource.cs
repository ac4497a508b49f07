using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;

namespace Waxseal.Net.Probing;

/// <summary>The resolver as validation asks it: for the data as they are, signatures included.</summary>
internal sealed class UncheckedSource(StubResolver resolver) : IMessageSource
{
    private static readonly DnsQueryOptions WithoutChecking = DnsQueryOptions.ToResolver with { ChecksItself = true };

    public Task<DnsMessage?> AskAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        resolver.AskAsync(question, WithoutChecking, cancellationToken);
}
