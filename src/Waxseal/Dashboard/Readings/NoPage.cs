using Microsoft.AspNetCore.Http;
using Waxseal.Dashboard.Pages;

namespace Waxseal.Dashboard.Readings;

/// <summary>Why there is no page.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Title">What it is.</param>
/// <param name="Text">Why, and what to do.</param>
internal sealed record NoPage(Frame Frame, string Title, string Text) : IFramed
{
    /// <summary>The page that says so.</summary>
    public static IResult Answer(int status, string title, string text, DateTimeOffset now, string? banner = null)
    {
        IResult page = Asked.Page<NoPagePage, NoPage>(new(new Frame(title, "", now) { Banner = banner }, title, text))!;
        ((RazorSlices.RazorSlice)page).StatusCode = status;
        return page;
    }
}
