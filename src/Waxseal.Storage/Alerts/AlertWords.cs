namespace Waxseal.Storage.Alerts;

/// <summary>The words that stand in the database, in messages and in JSON for the values of enums.</summary>
internal static class AlertWords
{
    public static string ToWord(this AlertKind kind) => kind switch
    {
        AlertKind.NewFailure => "new-failure",
        AlertKind.FailureShare => "failure-share",
        AlertKind.AllReportersFailing => "all-reporters-failing",
        AlertKind.ReporterSilent => "reporter-silent",
        AlertKind.IntakeSilent => "intake-silent",
        AlertKind.CertificateExpiring => "certificate-expiring",
        _ => "policy-expiring",
    };

    public static string ToWord(this AlertState state) => state switch
    {
        AlertState.Raised => "raised",
        AlertState.Sustained => "sustained",
        _ => "cleared",
    };

    public static string ToWord(this MessageState state) => state switch
    {
        MessageState.Waiting => "waiting",
        MessageState.Sent => "sent",
        _ => "given-up",
    };

    public static AlertKind KindOf(string word) => Enum.GetValues<AlertKind>().First(kind => kind.ToWord() == word);

    public static AlertState StateOf(string word) => Enum.GetValues<AlertState>().First(state => state.ToWord() == word);

    public static MessageState MessageStateOf(string word) => Enum.GetValues<MessageState>().First(state => state.ToWord() == word);
}
