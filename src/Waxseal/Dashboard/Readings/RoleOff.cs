namespace Waxseal.Dashboard.Readings;

/// <summary>A part of waxseal that is not there yet, and so has nothing to show.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Role">The role.</param>
/// <param name="WouldShow">What it would show.</param>
/// <param name="Meanwhile">What helps meanwhile.</param>
internal sealed record RoleOff(Frame Frame, string Role, string WouldShow, string Meanwhile) : IFramed
{
    public static RoleOff Fetches(Asked asked) => new(
        asked.Frame("Fetches", "fetches"), "PolicyHost",
        "Who fetched the policy, when, from where, and with what status. The role that serves policies is off: this version of waxseal does not have it yet.",
        "The access log of the web server that serves the policy tells the same: search it for /.well-known/mta-sts.txt. Findings say which lines decide.");

    public static RoleOff Sending(Asked asked) => new(
        asked.Frame("Sending", "sending"), "Resolver, Collector, ReportSender",
        "Destinations, the policies they demand, session results, and the reports that went out. The roles of the sending side are off: this version of waxseal does not have them yet.",
        "What others report of mail to you is under Overview and Reports.");
}
