using Microsoft.AspNetCore.Http;
using Waxseal.Dashboard.Readings;

namespace Waxseal.Dashboard.Access;

/// <summary>A page of ours that leads on to another. Browsers send a strict cookie to what it leads to, and not to what another site led to.</summary>
internal static class OneMoment
{
    /// <summary>Leads on to a path of this site.</summary>
    public static IResult Answer(HttpContext context, string to, DateTimeOffset now)
    {
        context.Response.Headers["Refresh"] = $"0; url={to}";
        return NoPage.Answer(StatusCodes.Status200OK, "One moment", "Your browser goes on to the page.", now);
    }
}
