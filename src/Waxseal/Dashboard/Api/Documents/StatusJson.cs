using System.Collections.Immutable;
using Waxseal.Hosting.Control;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>What runs.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Program">The version of the program.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Configuration">The configuration as a file would have it, secrets not shown; empty for whoever may not see it.</param>
internal sealed record StatusJson(int Version, string Program, ImmutableArray<RoleJson> Roles, ImmutableArray<string> Configuration)
{
    private static readonly ImmutableArray<string> Known =
        ["reportIntake.https", "reportIntake.smtp", "reportIntake.lmtp", "reportIntake.folder", "reportIntake.maildir", "reportIntake.mailbox", "monitor", "alerts", "findings", "dashboard", "metrics"];

    // Of the design, and not of this version.
    private static readonly ImmutableArray<string> Absent = ["policyHost", "resolver", "collector", "reportSender"];

    /// <summary>What a viewer may know of it: whoever belongs to a tenant learns of no trouble, which may name others.</summary>
    public static StatusJson Of(Asked asked, ImmutableArray<RoleStatus> running, ImmutableArray<string> configuration)
    {
        bool isOfTenant = asked.Viewer.Tenant is not null;
        return new(
            1,
            typeof(StatusJson).Assembly.GetName().Version?.ToString(3) ?? "",
            [
                .. running.Select(role => new RoleJson(role.Name, role.State, isOfTenant ? null : role.Trouble?.Reason)),
                .. Known.Where(name => !running.Any(role => role.Name.Split('[')[0] == name)).Select(name => new RoleJson(name, "off", null)),
                .. Absent.Select(name => new RoleJson(name, "absent", null)),
            ],
            isOfTenant || asked.Viewer.Role < Access.ViewerRole.Owner ? [] : configuration);
    }
}

/// <summary>A part of waxseal.</summary>
/// <param name="Role">Its section of the configuration.</param>
/// <param name="State">running, in-trouble, broken, off, or absent when this version does not have it.</param>
/// <param name="Trouble">What is wrong; null while nothing is.</param>
internal sealed record RoleJson(string Role, string State, string? Trouble);

/// <summary>What is to be looked at.</summary>
/// <param name="Domain">The policy domain.</param>
internal sealed record CheckRequestJson(string Domain);
