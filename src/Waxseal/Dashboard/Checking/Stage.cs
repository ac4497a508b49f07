using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waxseal.Net.Probing;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Dashboard.Checking;

/// <summary>One thing that was found, in the words of the page that watches.</summary>
/// <param name="At">When, from the beginning.</param>
/// <param name="What">What was asked or visited.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Colour">How it is shown: good, warning, error or none.</param>
internal sealed record Stage(string At, string What, string Outcome, string Colour)
{
    public static Stage Of(ProbeEvent found) => found switch
    {
        ProbeEvent.LookedUp { Lookup: var lookup } => new(Time(found), $"{lookup.Type} of {lookup.Name}", InWords(lookup.Answer), lookup.Answer.Outcome switch
        {
            DnsOutcome.Found => "good",
            DnsOutcome.Failed => "error",
            _ => "none",
        }),
        ProbeEvent.FoundZone { Zone: var zone } => new(Time(found), $"Zone {zone.Name}", zone.IsSigned switch
        {
            true => "signed",
            false => "not signed",
            null => "cannot be told whether it is signed",
        }, "none"),
        ProbeEvent.VisitedPolicyHost { Address: var address } => Of(Time(found), address),
        ProbeEvent.VisitedMxHost { MxHost: var host, Address: var address } => Of(Time(found), host, address),
        _ => new(Time(found), "", "", "none"),
    };

    public string ToJson() => JsonSerializer.Serialize(this, StageJsonContext.Default.Stage);

    private static Stage Of(string at, PolicyHostAddressFacts address)
    {
        string what = $"Policy host at {address.Address}";
        if (address.Connection.Fault is { } fault)
            return new(at, what, InWords(fault.ToString()), "error");
        if (address.Handshakes.FirstOrDefault(handshake => handshake.Fault is not null && handshake.Variant == HandshakeVariant.Usual) is { Fault: { } broken })
            return new(at, what, $"TLS failed: {InWords(broken.ToString())}", "error");
        return address.Visits.FirstOrDefault() switch
        {
            { Fault: { } reason } => new(at, what, reason, "error"),
            { Status: { } status } visit => new(at, what, $"status {status} in {visit.ElapsedMs.ToString("0", CultureInfo.InvariantCulture)} ms", status == 200 ? "good" : "error"),
            _ => new(at, what, "no answer", "error"),
        };
    }

    private static Stage Of(string at, string host, MxAddressFacts address)
    {
        string what = $"MX host {host} at {address.Address}";
        return (address.Connection.Fault, address.Sessions.FirstOrDefault()) switch
        {
            ({ } fault, _) => new(at, what, InWords(fault.ToString()), "error"),
            (_, { Fault: { } broken }) => new(at, what, InWords(broken.ToString()), "error"),
            (_, { } session) => new(at, what, $"reached {InWords(session.Reached.ToString())} in {session.ElapsedMs.ToString("0", CultureInfo.InvariantCulture)} ms", "good"),
            _ => new(at, what, "not visited", "none"),
        };
    }

    private static string InWords(DnsAnswerFacts answer) => answer.Outcome switch
    {
        DnsOutcome.Found => $"{answer.Records.Length} record{(answer.Records.Length == 1 ? "" : "s")}{(answer.IsSecure ? ", secure" : "")}",
        DnsOutcome.NoRecords => "no such record",
        DnsOutcome.NoName => "no such name",
        DnsOutcome.Failed => "no usable answer",
        _ => "referred elsewhere",
    };

    private static string InWords(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name).Replace('-', ' ');

    private static string Time(ProbeEvent found) => $"{found.AtMs.ToString("0", CultureInfo.InvariantCulture)} ms";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Stage))]
internal sealed partial class StageJsonContext : JsonSerializerContext;
