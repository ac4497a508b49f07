using Waxseal.Access.Secrets;
using Waxseal.Dashboard.Access;
using Waxseal.Storage.Access;

namespace Waxseal.Dashboard.Readings;

/// <summary>What somebody sees of their own account.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Viewer">Who they are.</param>
/// <param name="Account">The account; null for those who did not log in.</param>
/// <param name="Problem">Why nothing was changed; null when nothing is wrong.</param>
internal sealed record OwnAccount(Frame Frame, Viewer Viewer, Account? Account, string? Problem) : IFramed
{
    /// <summary>Whether there is a password to change.</summary>
    public bool HasPassword => Account is { Password: not Passwords.None };
    /// <summary>The headline: names stay as they are.</summary>
    public string Title => Viewer.Way == ViewerWay.Local ? Show.Capital(Viewer.Name) : Viewer.Name;

    /// <summary>How it is known who they are.</summary>
    public string Way => Viewer.Way switch
    {
        ViewerWay.Local => Gate.OpenNotice,
        ViewerWay.Proxy => "A proxy in front says who you are; it also keeps your password.",
        ViewerWay.Token => "You come with a token. waxseal account token remove ends it.",
        _ when !HasPassword => "You are logged in with a provider; this account has no password.",
        _ => "You are logged in in this browser.",
    };
}

/// <summary>A secret of one-time codes that is to be taken over into an app.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Secret">The secret as people type it.</param>
/// <param name="Uri">The same as apps read it.</param>
/// <param name="Problem">Why it is not kept yet; null at first.</param>
internal sealed record TotpSetup(Frame Frame, string Secret, string Uri, string? Problem) : IFramed;
