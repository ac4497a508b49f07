using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Waxseal.Protocol.Diagnosis.Checks.Certificates;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Checks.PolicyHosts;

/// <summary>Checks of the policy host's answers (layer G).</summary>
internal static class HttpChecks
{
    private const double ImpatientMs = 2000;
    private const int ShortBuffer = 10 * 1024;

    public static IEnumerable<Detection> Find(CheckView view)
    {
        ImmutableArray<(PolicyHostAddressFacts Address, Detection Fault)> faults =
            [.. view.Visits.Select(entry => (entry.Address, Fault: FaultOf(view, entry.Address, entry.Visit))).Where(entry => entry.Fault is not null).Select(entry => (entry.Address, entry.Fault!))];
        return ByUserAgent(view)
            .Concat(ByAddress(view, faults))
            .Concat(Bodies(view))
            .Concat(Slow(view));
    }

    // One request is refused and the next is not: it is who asks that counts.
    private static IEnumerable<Detection> ByUserAgent(CheckView view)
    {
        foreach (PolicyHostAddressFacts address in view.Facts.PolicyHost)
        {
            ImmutableArray<VisitFacts> refused = [.. address.Visits.Where(visit => !IsGood(visit))];
            ImmutableArray<VisitFacts> served = [.. address.Visits.Where(IsGood)];
            if (refused.IsEmpty || served.IsEmpty || refused.Any(visit => visit.HttpVersion == "2"))
                continue;

            string seen = $"At {address.Address} {string.Join("; ", refused.Take(3).Select(visit => $"a request {Agent(visit)} gets {Answer(visit)}"))}; "
                + $"a request {Agent(served[0])} gets {Answer(served[0])}.";
            bool isEmptyAgent = refused.All(visit => visit.UserAgent is null);
            return [new(isEmptyAgent ? "G05" : "G04", Consequence.SomeUnprotected, view.PolicyHost, seen) { Share = 0.9 }];
        }

        return [];
    }

    private static bool IsGood(VisitFacts visit) => visit is { Fault: null, Status: 200 };

    private static string Agent(VisitFacts visit) => visit.UserAgent is { } agent ? $"with User-Agent \"{agent}\"" : "without User-Agent";

    private static string Answer(VisitFacts visit) =>
        visit.Status is { } status ? $"status {status}" : $"no answer ({visit.Detail ?? visit.Fault})";

    private static IEnumerable<Detection> ByAddress(CheckView view, ImmutableArray<(PolicyHostAddressFacts Address, Detection Fault)> faults)
    {
        if (faults.IsEmpty || view.Facts.PolicyHost.Any(address => address.Visits.Any(IsGood) && address.Visits.Any(visit => !IsGood(visit))))
            yield break;

        Detection first = faults[0].Fault;
        if (faults.Length == view.Visits.Length)
        {
            yield return first;
            yield break;
        }

        ImmutableArray<PolicyHostAddressFacts> well = [.. view.Visits.Select(entry => entry.Address).Except(faults.Select(entry => entry.Address))];
        string seen = $"At {string.Join(", ", faults.Select(entry => entry.Address.Address))}: {first.Seen} At {string.Join(", ", well.Select(address => address.Address))} all is well.";
        bool isIpv6 = faults.All(entry => entry.Address.IsIpv6) && well.All(address => !address.IsIpv6);
        yield return first with
        {
            CauseId = isIpv6 ? "G14" : first.CauseId,
            Consequence = Consequence.SomeUnprotected,
            Seen = seen,
            Share = 0.8,
            Rivals = isIpv6 ? [(first.CauseId, 0.15)] : [("I04", 0.1)],
        };
    }

    private static Detection? FaultOf(CheckView view, PolicyHostAddressFacts address, VisitFacts visit)
    {
        // Behind a certificate that does not hold, the answer is that of somebody else.
        if (address.Handshake(HandshakeVariant.Usual) is { } usual && !CertificateFault.Of(usual, view.PolicyHost, view.Facts.GatheredAt).IsEmpty)
            return null;
        if (visit.Status is not { } status)
            return Unanswered(view, address, visit);
        if (status != 200)
            return OfStatus(view, visit, status);
        if (visit.Fault is not null)
            return new("G12", Consequence.AllUnprotected, view.PolicyHost, $"The answer begins with status 200 and does not end: {visit.Detail}.") { Share = 0.6 };
        return OfBody(view, visit);
    }

    private static Detection Unanswered(CheckView view, PolicyHostAddressFacts address, VisitFacts visit)
    {
        if (address.Visits.Any(other => other is { HttpVersion: "2", Status: not null }))
            return new("E07", Consequence.AllUnprotected, view.PolicyHost, "A request by HTTP/1.1 gets no answer, one by HTTP/2 does.");
        Detection unclear(string seen, params (string, double)[] rivals) => new("G07", Consequence.AllUnprotected, view.PolicyHost, seen)
        {
            Share = 0.5,
            Rivals = [.. rivals],
            Title = "the policy host gives no answer that HTTP knows, or none that is complete",
            Fix = "Look at the web server and at what stands before it, and serve the policy as a plain file.",
        };
        return visit.Fault switch
        {
            "read-timeout" => new("G12", Consequence.AllUnprotected, view.PolicyHost, $"The web server does not answer: {visit.Detail}.") { Share = 0.5, Rivals = [("G07", 0.2), ("D08", 0.1)] },
            "not-http" => unclear($"What comes is no answer that HTTP knows: {visit.Detail?.TrimEnd('.')}.", ("E07", 0.3)),
            _ => unclear($"The connection ends before the answer is complete: {visit.Detail?.TrimEnd('.')}.", ("E07", 0.2), ("E11", 0.2)),
        };
    }

    private static Detection OfStatus(CheckView view, VisitFacts visit, int status)
    {
        string location = visit.Field("location") is { } place ? $", to {QuotedText.OneLine(place)}" : "";
        string body = Start(visit);
        bool isChallenge = visit.Field("cf-mitigated") is not null || body.Contains("challenge", StringComparison.OrdinalIgnoreCase)
            || body.Contains("captcha", StringComparison.OrdinalIgnoreCase) || body.Contains("Just a moment", StringComparison.Ordinal);
        (string causeId, double share) = status switch
        {
            400 when body.Contains("certificate", StringComparison.OrdinalIgnoreCase) => ("E06", 0.9),
            495 or 496 => ("E06", 0.95),
            401 or 403 or 503 when isChallenge => ("G04", 0.9),
            >= 300 and < 400 when status != 304 => ("G02", 0.95),
            304 or (> 200 and < 300) => ("G18", 0.95),
            401 or 403 => ("G03", 0.8),
            402 or 429 => ("G16", 0.9),
            410 or 421 => ("G13", 0.85),
            404 when IsPlatformPage(visit, body) => ("G13", 0.7),
            404 => ("G01", 0.85),
            503 when visit.Field("retry-after") is not null || body.Contains("maintenance", StringComparison.OrdinalIgnoreCase) => ("G15", 0.85),
            >= 500 => ("G07", 0.9),
            _ => ("G03", 0.4),
        };
        return new(causeId, Consequence.AllUnprotected, view.PolicyHost, $"The status is {status}{location}.") { Share = share, Rivals = RivalsOf(causeId) };
    }

    private static ImmutableArray<(string, double)> RivalsOf(string causeId) => causeId switch
    {
        "G01" => [("G13", 0.05), ("G19", 0.05)],
        "G13" => [("G01", 0.1), ("G19", 0.1)],
        "G03" => [("G04", 0.1), ("G06", 0.05)],
        _ => [],
    };

    // Pages by which hosting platforms say that nobody has bound the name.
    private static bool IsPlatformPage(VisitFacts visit, string body) =>
        body.Contains("there isn't a GitHub Pages site here", StringComparison.OrdinalIgnoreCase)
        || body.Contains("no such app", StringComparison.OrdinalIgnoreCase)
        || body.Contains("domain not found", StringComparison.OrdinalIgnoreCase)
        || visit.Field("x-vercel-error") is not null
        || visit.Field("x-github-request-id") is not null;

    private static Detection? OfBody(CheckView view, VisitFacts visit)
    {
        if (CodingOf(visit) is { } coding)
            return new("G10", Consequence.AllUnprotected, view.PolicyHost, $"Content-Encoding is {QuotedText.OneLine(coding)}; no coding was asked for.");
        if (Start(visit).TrimStart('\uFEFF', ' ', '\t', '\r', '\n') is ['<', ..])
            return new("G09", Consequence.AllUnprotected, view.PolicyHost, $"The body begins with \"{QuotedText.OneLine(Start(visit)[..Math.Min(40, Start(visit).Length)])}\".");
        if (visit.Body.Length > StsPolicyReader.MaxLength)
            return new("G11", Consequence.AllUnprotected, view.PolicyHost, $"The body is longer than {StsPolicyReader.MaxLength} octets.");
        if (!IsPlainText(visit.Field("content-type")))
        {
            return new("G08", Consequence.SomeUnprotected, view.PolicyHost,
                visit.Field("content-type") is { } type ? $"Content-Type is {QuotedText.OneLine(type)}." : "There is no Content-Type.");
        }

        return visit.Body.Length > ShortBuffer
            ? new("G11", Consequence.SomeUnprotected, view.PolicyHost, $"The body has {visit.Body.Length} octets; one sender reads 10,240 of them.")
            : null;
    }

    /// <summary>The coding of a body that was not sent as it is; null for one that was.</summary>
    internal static string? CodingOf(VisitFacts visit) =>
        visit.Field("content-encoding") is { } coding && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase) ? coding : null;

    /// <summary>Whether a media type is text/plain; its parameters do not count (RFC 8461 §3.2).</summary>
    internal static bool IsPlainText(string? contentType) =>
        contentType is not null && contentType.Split(';')[0].Trim().Equals("text/plain", StringComparison.OrdinalIgnoreCase);

    private static string Start(VisitFacts visit) => Encoding.UTF8.GetString(visit.Body.Span[..Math.Min(2048, visit.Body.Length)]);

    private static IEnumerable<Detection> Bodies(CheckView view)
    {
        ImmutableArray<IGrouping<string, PolicyHostAddressFacts>> copies =
        [
            .. view.Policies.Where(reading => reading.Policy.Value is not null)
                .GroupBy(reading => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(reading.Visit.Body.Span)), reading => reading.Address),
        ];
        if (copies.Length < 2)
            return [];

        string age = view.Policies.Select(reading => reading.Visit.Field("age")).FirstOrDefault(age => age is not null) is { } seconds
            ? $" A cache stands between (Age: {QuotedText.OneLine(seconds)})."
            : "";
        return [new("I04", Consequence.SomeUnprotected, view.PolicyHost,
            $"Not every address serves the same policy: {string.Join("; ", copies.Select(copy => $"{string.Join(", ", copy.Select(address => address.Address))}: SHA-256 {copy.Key[..16]}"))}.{age}")
        {
            Share = age.Length > 0 ? 0.5 : 0.7,
            Rivals = [("I02", 0.2), .. age.Length > 0 ? new[] { ("C11", 0.25) } : []],
        }];
    }

    // The first request may wake a host that sleeps; what the later ones take is what it is like when awake.
    private static IEnumerable<Detection> Slow(CheckView view)
    {
        foreach (PolicyHostAddressFacts address in view.Facts.PolicyHost)
        {
            ImmutableArray<VisitFacts> good = [.. address.Visits.Where(IsGood)];
            if (!IsSlow(address))
                continue;

            // All addresses are asked at the same time: where one of them is fast, nothing slept, and one slow fetch is mere chance.
            bool isAwake = good.Length > 1 && good.Skip(1).All(visit => visit.ElapsedMs < ImpatientMs / 2);
            if (isAwake && !view.Facts.PolicyHost.Where(other => other.Visits.Any(IsGood)).All(IsSlow))
                continue;

            VisitFacts first = good[0];
            string seen = $"At {address.Address} the first fetch takes {Seconds(Total(address, first))}"
                + $"{(good.Length > 1 ? $", a later one {Seconds(good[^1].ElapsedMs)}" : "")}. Some senders wait 2, 4 or 5 seconds.";
            return [new(isAwake ? "D12" : "G12", Consequence.SomeUnprotected, view.PolicyHost, seen) { Share = 0.8, Rivals = [(isAwake ? "G12" : "D12", 0.15)] }];
        }

        return [];
    }

    private static bool IsSlow(PolicyHostAddressFacts address) => address.Visits.FirstOrDefault(IsGood) is { } first && Total(address, first) > ImpatientMs;

    /// <summary>How long a sender would take in all that fetched for the first time.</summary>
    internal static double Total(PolicyHostAddressFacts address, VisitFacts visit) =>
        address.Connection.ElapsedMs + (address.Handshake(HandshakeVariant.Usual)?.ElapsedMs ?? 0) + visit.ElapsedMs;

    private static string Seconds(double milliseconds) => $"{(milliseconds / 1000).ToString("0.0", CultureInfo.InvariantCulture)} s";
}
