using System.Collections.Immutable;
using System.Net;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing;

/// <summary>Finds out whether resolvers validate: they have to vouch for what is signed, and to refuse what is bogus.</summary>
/// <param name="options">Which resolvers, and the name that is known to be bogus.</param>
/// <param name="clock">Measures how long it takes.</param>
internal sealed class ResolverTest(ProbeOptions options, TimeProvider clock)
{
    private static readonly DnsQueryOptions WithoutChecking = DnsQueryOptions.ToResolver with { ChecksItself = true };

    /// <summary>What is known without a test.</summary>
    public ResolverFacts Untested { get; } = new([.. options.Resolvers.Select(resolver => resolver.ToString())], null);

    /// <summary>Asks each resolver; it ends by itself, for each question has its time.</summary>
    public async Task<ResolverFacts> RunAsync()
    {
        Verdict[] verdicts = await Task.WhenAll(options.Resolvers.Distinct().Select(RunAsync)).ConfigureAwait(false);
        bool? vouch = InAll(verdicts.Select(verdict => verdict.VouchesForSigned));
        bool? refuse = InAll(verdicts.Select(verdict => verdict.RefusesBogus));
        return Untested with { Validates = InAll([vouch, refuse]), VouchForSigned = vouch, RefuseBogus = refuse };
    }

    private async Task<Verdict> RunAsync(IPEndPoint address)
    {
        using StubResolver resolver = new(new() { Resolvers = [address], AttemptTimeout = options.DnsTimeout }, clock);
        Task<DnsMessage?> signed = AskAsync(resolver, new(DnsName.Root, DnsType.Ns), DnsQueryOptions.ToResolver);
        DnsQuestion bogus = new(options.BogusName, DnsType.A);
        DnsMessage? given = await AskAsync(resolver, bogus, WithoutChecking).ConfigureAwait(false);
        DnsMessage? said = given is { Rcode: DnsRcode.NoError, Answers.IsEmpty: false }
            ? await AskAsync(resolver, bogus, DnsQueryOptions.ToResolver).ConfigureAwait(false)
            : null;
        return new(
            (await signed.ConfigureAwait(false))?.Bits.HasFlag(DnsHeaderBits.AuthenticData),
            said is null ? null : said.Rcode == DnsRcode.ServFail);
    }

    private static Task<DnsMessage?> AskAsync(StubResolver resolver, DnsQuestion question, DnsQueryOptions how) =>
        resolver.AskAsync(question, how, CancellationToken.None);

    // One that does not is enough for answers that cannot be relied on.
    private static bool? InAll(IEnumerable<bool?> verdicts)
    {
        ImmutableArray<bool?> all = [.. verdicts];
        return all.Contains(false) ? false : all.Contains(null) ? null : true;
    }

    private sealed record Verdict(bool? VouchesForSigned, bool? RefusesBogus);
}
