namespace Waxseal.Storage.Reports;

/// <summary>The words for the values of enums: in the database, in the log, in figures and in answers.</summary>
internal static class Words
{
    public static string ToWord(this ReportState state) => state switch
    {
        ReportState.Counted => "counted",
        ReportState.Replaced => "replaced",
        ReportState.Conflicting => "conflicting",
        ReportState.Quarantined => "quarantined",
        ReportState.Foreign => "foreign",
        _ => "unreadable",
    };

    public static ReportState StateOf(string word) => Enum.GetValues<ReportState>().First(state => state.ToWord() == word);

    public static string ToWord(this ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Stored => "stored",
        ReportOutcome.Known => "known",
        ReportOutcome.Accepted => "accepted",
        _ => "replaced",
    };

    public static string ToWord(this Trust trust) => trust switch
    {
        Trust.Verified => "verified",
        Trust.Relayed => "relayed",
        Trust.Failed => "failed",
        _ => "unverified",
    };

    public static Trust TrustOf(string word) => Enum.GetValues<Trust>().First(trust => trust.ToWord() == word);

    public static string ToWord(this Channel channel) => channel switch
    {
        Channel.Https => "https",
        Channel.Smtp => "smtp",
        Channel.Lmtp => "lmtp",
        Channel.Imap => "imap",
        Channel.Maildir => "maildir",
        Channel.Folder => "folder",
        _ => "command",
    };

    public static Channel ChannelOf(string word) => Enum.GetValues<Channel>().First(channel => channel.ToWord() == word);
}
