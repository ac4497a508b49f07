namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>Large senders, known by the names of their sending hosts.</summary>
internal static class MailProviders
{
    public const string Microsoft = "Microsoft";
    public const string Google = "Google";

    // Both are in the logs that operators published: EUR05-DB8-obe.outbound.protection.outlook.com, mail-lf1-f50.google.com.
    private static readonly (string End, string Name)[] All =
    [
        (".outbound.protection.outlook.com", Microsoft),
        (".google.com", Google),
    ];

    /// <summary>Whose host it is; null for any other.</summary>
    public static string? Of(string? host) => host is null ? null : Array.Find(All, entry => host.EndsWith(entry.End, StringComparison.Ordinal)).Name;
}
