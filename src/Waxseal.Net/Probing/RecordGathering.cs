using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Probing;

/// <summary>Looks for the TXT records of MTA-STS and TLS-RPT; where one is missing, also where it may have been put by mistake.</summary>
internal sealed class RecordGathering(Gathering gathering)
{
    // Where records meant for _mta-sts were seen to stand; {0} is the policy domain.
    private static readonly string[] NearSts = ["_mta_sts", "_.mta-sts", "mta-sts", "_mta-sts._mta-sts", "_smtp-sts"];
    private static readonly string[] NearTlsRpt = ["_smtp-tlsrpt", "_tlsrpt", "_smtp_tls", "_smtp-tls", "smtp._tls"];

    /// <summary>How many letters a name has that nobody has chosen.</summary>
    private const int RandomOctets = 8;

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        GatherAsync("_mta-sts", "v=STSv1"u8.ToArray(), NearSts, cancellationToken),
        GatherAsync("_smtp._tls", "v=TLSRPTv1"u8.ToArray(), NearTlsRpt, cancellationToken));

    private async Task GatherAsync(string label, byte[] version, string[] near, CancellationToken cancellationToken)
    {
        if (!gathering.Name.TryBelow(label, out DnsName? name))
            return;

        DnsLookup lookup = await gathering.AskEverywhereAsync(name, DnsType.Txt, cancellationToken).ConfigureAwait(false);
        if (lookup is DnsLookup.Failed || Holds(lookup, version))
            return;

        await Task.WhenAll(NearNames(label, near).Select(other => gathering.Book.AskAsync(other, DnsType.Txt, cancellationToken)))
            .ConfigureAwait(false);

        // Text that answers at a name by chance answers at every name: a wildcard.
        if (lookup is DnsLookup.Found && gathering.Name.TryBelow(RandomLabel(), out DnsName? random))
            await gathering.Book.AskAsync(random, DnsType.Txt, cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<DnsName> NearNames(string label, string[] near)
    {
        foreach (string other in near)
        {
            if (gathering.Name.TryBelow(other, out DnsName? name))
                yield return name;
        }

        yield return gathering.Name;

        // A zone file without the last dot doubles the name.
        if (gathering.Name.TryBelow($"{label}.{gathering.Name}", out DnsName? doubled))
            yield return doubled;

        // An internationalised name may have been put into a zone file as it is read.
        if (InOwnLetters() is { } own && own.TryBelow(label, out DnsName? raw))
            yield return raw;

        // RFC 8461 §3.4: the policy of a parent domain does not count for the domains below it.
        if (PublicSuffixList.OrganisationalDomain(gathering.PolicyDomain) is { } parent
            && parent != gathering.PolicyDomain
            && DnsName.Of(parent).TryBelow(label, out DnsName? above))
        {
            yield return above;
        }
    }

    // RFC 5890 §2.3.2.1: DNS has the A-label; its own letters would be octets of UTF-8.
    private DnsName? InOwnLetters()
    {
        if (!gathering.PolicyDomain.Value.Contains("xn--", StringComparison.Ordinal))
            return null;

        try
        {
            string letters = new IdnMapping().GetUnicode(gathering.PolicyDomain.Value);
            string escaped = string.Concat(Encoding.UTF8.GetBytes(letters).Select(octet => octet < 0x80 ? $"{(char)octet}" : $"\\{octet:D3}"));
            return DnsName.TryParse(escaped, out DnsName? name) && !name.Equals(gathering.Name) ? name : null;
        }
        catch (ArgumentException)
        {
            // The framework has no Try form of this; a label that only looks like an A-label has no other letters.
            return null;
        }
    }

    private static bool Holds(DnsLookup lookup, byte[] version) => lookup is DnsLookup.Found found
        && found.Records.Any(record => record.Data.Length > version.Length && record.Data.Span[1..].StartsWith(version));

    private static string RandomLabel() => "wx" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomOctets));
}
