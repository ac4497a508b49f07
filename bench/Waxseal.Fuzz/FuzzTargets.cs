using Waxseal.Fuzz.Targets;

namespace Waxseal.Fuzz;

/// <summary>All parsers that read what strangers write.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        NameTargets.Text,
        StsTargets.Record,
        StsTargets.Policy,
        StsTargets.Pattern,
        TlsRptTargets.Record,
        TlsRptTargets.FileName,
        TlsRptTargets.Subject,
        TlsRptTargets.DkimKey,
        ReportTargets.Body,
        ReportTargets.Packing,
        DaneTargets.WireRecord,
        DaneTargets.TextRecord,
        DaneTargets.Certificate,
        DaneTargets.TlsRequired,
        DnsTargets.Message,
        DnssecTargets.Records,
        DnssecTargets.Denial,
        DnssecTargets.Anchor,
        AnswerTargets.Answer,
        PeerTargets.Reply,
        PeerTargets.Session,
        PeerTargets.Hello,
        PeerTargets.HttpAnswer,
        IntakeTargets.Smtp,
        ProgramTargets.Mail,
        ProgramTargets.Explain,
        DeliveryTargets.Lines,
        FactsTargets.Facts,
    ];

    public static FuzzTarget Named(string name) =>
        All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"There is no target '{name}'; there are: {string.Join(' ', All.Select(target => target.Name))}");
}
