using System.Globalization;
using System.Text;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Terminal;

namespace Waxseal.Commands.Check.Outputs;

/// <summary>The facts for people: every answer, handshake and request, one line each.</summary>
internal sealed class FactsText(Page page)
{
    private const int Columns = 9;

    // Enough to see what stands there, and not all that a hostile server sends.
    private const int MostRecords = 20;
    private const int MostOfRecord = 300;
    private const int MostOfPolicy = 4096;

    private string _certificate = "";

    public void Write(CheckResult result)
    {
        DomainFacts facts = result.Facts;
        page.Heading("DNS");
        foreach (LookupFacts lookup in facts.Lookups)
            WriteLookup(lookup);
        foreach (ValidationFacts validation in facts.Validations)
            page.Row("  DNSSEC", $"{validation.Type} of {validation.Name}: {InWords(validation)}", Columns);
        page.Heading("Zones and name servers");
        foreach (ZoneFacts zone in facts.Zones)
            WriteZone(zone);
        page.Heading("Policy host");
        foreach (PolicyHostAddressFacts address in facts.PolicyHost)
            WritePolicyHost(address);
        if (!facts.VisitsMxHosts || facts.MxHosts.IsEmpty)
            return;
        page.Heading("MX hosts");
        foreach (MxHostFacts host in facts.MxHosts)
        {
            WriteMxHost(host);
            foreach (TlsaStanding standing in result.Tlsa.Where(standing => standing.MxHost == host.Name))
                WriteTlsa(standing);
        }
    }

    private void WriteLookup(LookupFacts lookup)
    {
        string withoutChecking = lookup.Unchecked is { } answer ? $"; without checking: {InWords(answer)}" : "";
        page.Row($"  {lookup.Type}", $"{lookup.Name}: {InWords(lookup.Answer)}{withoutChecking}", Columns);
        foreach (DnsRecordFacts record in lookup.Answer.Records.Take(MostRecords))
            page.Row("", Shortened(RecordPresentation.Of(lookup.Type, record.Data.Span)), Columns);
        foreach (ServerAnswerFacts server in lookup.Servers)
            page.Row("", Styled.Dim($"{server.Server} ({server.Address}): {InWords(server.Answer)}"), Columns);
    }

    private static string Shortened(string text) => text.Length > MostOfRecord ? $"{text[..MostOfRecord]} [...]" : text;

    private static string InWords(ValidationFacts validation) => validation.State switch
    {
        ValidationState.Secure => "secure by our own validation",
        ValidationState.Insecure => "not signed",
        ValidationState.Bogus => $"bogus: {validation.Detail}",
        _ => $"cannot be told: {validation.Detail}",
    };

    private static string InWords(DnsAnswerFacts answer)
    {
        string ttl = answer.Ttl is { } seconds ? $", TTL {seconds}" : "";
        string secure = answer.IsSecure ? ", secure" : "";
        string aliases = answer.Aliases.IsEmpty ? "" : $" by {string.Join(" -> ", answer.Aliases)}";
        return answer.Outcome switch
        {
            DnsOutcome.Found => $"{answer.Records.Length} record{(answer.Records.Length == 1 ? "" : "s")}{aliases}{ttl}{secure}",
            DnsOutcome.NoRecords => $"no such record{aliases}{ttl}{secure}",
            DnsOutcome.NoName => $"no such name{aliases}{ttl}{secure}",
            DnsOutcome.Referred => "refers to others",
            _ => $"failed: {answer.Reason}",
        };
    }

    private void WriteZone(ZoneFacts zone)
    {
        string signed = zone.IsSigned switch
        {
            true => "signed",
            false => "not signed",
            null => "signed or not is unknown",
        };
        page.Row("  zone", $"{zone.Name}: {signed}{(zone.NegativeTtl is { } ttl ? $", denials are kept for {ttl} s" : "")}", Columns);
        foreach (NameServerFacts server in zone.Servers)
        {
            page.Row("", Styled.Dim($"{server.Name} ({server.Address}): UDP {InWords(server.Udp)}; TCP {(server.Tcp is { } tcp ? InWords(tcp) : server.Address == "" ? "not asked" : "as for another zone")}"
                + $"{(server.Serial is { } serial ? $"; serial {serial}" : "")}"), Columns);
        }
    }

    private void WritePolicyHost(PolicyHostAddressFacts address)
    {
        page.Row("  at", Reached(address.Address, address.Connection), Columns);
        foreach (HandshakeFacts handshake in address.Handshakes)
            WriteHandshake(handshake, "");
        WritePolicy(address);
        foreach (VisitFacts visit in address.Visits)
        {
            page.Row("", Styled.Dim($"GET with {(visit.UserAgent is { } agent ? $"User-Agent \"{agent}\"" : "no User-Agent")}: "
                + $"{(visit.Status is { } status ? $"status {status}, {visit.Body.Length} octets" : visit.Detail)} in {Time(visit.ElapsedMs)}"), Columns);
        }
    }

    // The certificate is told where it is another one than in the handshake before.
    private void WriteHandshake(HandshakeFacts handshake, string more)
    {
        page.Row("", Styled.Dim(InWords(handshake) + more), Columns);
        if (handshake.Certificates.IsEmpty)
            return;
        string certificate = CertificateWords.Of(handshake.Certificates[0]);
        if (certificate != _certificate)
            page.Row("", Styled.Dim($"  certificate {certificate}"), Columns);
        _certificate = certificate;
    }

    private static string InWords(HandshakeFacts handshake)
    {
        string outcome = handshake.Fault is null ? $"{handshake.Version}, {handshake.CipherSuite}" : handshake.Detail ?? "failed";
        return $"{Variant(handshake.Variant)}: {outcome}, {handshake.Certificates.Length} certificate{(handshake.Certificates.Length == 1 ? "" : "s")}, {Time(handshake.ElapsedMs)}";
    }

    private static string Variant(HandshakeVariant variant) => variant switch
    {
        HandshakeVariant.Tls12 => "TLS 1.2 alone",
        HandshakeVariant.Tls13 => "TLS 1.3 alone",
        HandshakeVariant.WithoutName => "without server name",
        HandshakeVariant.RsaOnly => "RSA alone",
        HandshakeVariant.EcdsaOnly => "ECDSA alone",
        HandshakeVariant.Outdated => "TLS 1.1 and older",
        HandshakeVariant.LargeHello => "TLS 1.2, large hello",
        _ => "as usual",
    };

    private void WritePolicy(PolicyHostAddressFacts address)
    {
        if (address.Visits is not [{ Status: 200 } first, ..])
            return;
        string[] lines = Encoding.UTF8.GetString(first.Body.Span[..Math.Min(first.Body.Length, MostOfPolicy)]).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string line in lines.Take(MostRecords))
            page.Row("", $"  {Shortened(line)}", Columns);
    }

    private void WriteMxHost(MxHostFacts host)
    {
        page.Row("  MX", $"{host.Preference} {host.Name}", Columns);
        foreach (MxAddressFacts address in host.Addresses)
        {
            page.Row("", Styled.Dim(Reached(address.Address, address.Connection)), Columns);
            if (address.Sessions is [{ Banner: { } banner } first, ..])
            {
                page.Row("", Styled.Dim($"greeting: {Shortened(banner)}"), Columns);
                page.Row("", Styled.Dim($"EHLO: {Shortened(string.Join(", ", first.Ehlo.Skip(1)))}"), Columns);
                page.Row("", Styled.Dim($"EHLO under TLS: {Shortened(string.Join(", ", first.EhloUnderTls.Skip(1)))}"), Columns);
            }

            _certificate = "";
            foreach (SmtpSessionFacts session in address.Sessions)
            {
                if (session.Handshake is { } handshake)
                    WriteHandshake(handshake, Tickets(session));
                else
                    page.Row("", Styled.Dim(session.Detail ?? "no handshake"), Columns);
            }
        }
    }

    private void WriteTlsa(TlsaStanding standing)
    {
        page.Row("  TLSA", $"{standing.Name}: {InWords(standing.Rollover)}", Columns);
        foreach (TlsaRecordStanding record in standing.Records)
            page.Row("", Styled.Dim($"{record.Record}: {InWords(record.Fits)}"), Columns);
    }

    private static string InWords(TlsaRollover rollover) => rollover switch
    {
        TlsaRollover.NoneFits => "no record fits what is sent",
        TlsaRollover.Current => "for the key in use; none for a next key is published",
        TlsaRollover.CurrentAndOther => "for the key in use, and for another: the next one, or one that is over",
        TlsaRollover.Issuer => "for an issuer, so the key may change under it",
        _ => "no certificate was seen to hold the records against",
    };

    private static string InWords(TlsaFit fit) => fit switch
    {
        TlsaFit.Leaf => "fits the certificate",
        TlsaFit.Issuer => "fits an issuer",
        TlsaFit.Nothing => "fits nothing that is sent",
        TlsaFit.Unusable => "cannot be used",
        _ => "not compared",
    };

    private static string Tickets(SmtpSessionFacts session)
    {
        string early = session.EarlyTickets > 0 ? $", {session.EarlyTickets} before our Finished" : "";
        return session switch
        {
            { Tickets: { } count } => $", {count} session ticket{(count == 1 ? "" : "s")}{early}",
            _ => early.Length > 0 ? $"{early} and nothing that can be read after it" : "",
        };
    }

    // What is said of an address that may not be connected to begins with it.
    private static string Reached(string address, ConnectionFacts connection) =>
        connection.Fault is null ? $"{address}: connected in {Time(connection.ElapsedMs)}"
        : connection.Detail?.StartsWith($"{address} ", StringComparison.Ordinal) == true ? connection.Detail
        : $"{address}: {connection.Detail}";

    private static string Time(double milliseconds) => $"{milliseconds.ToString("0.#", CultureInfo.InvariantCulture)} ms";
}
