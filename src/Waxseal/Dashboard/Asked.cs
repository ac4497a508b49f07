using System.Globalization;
using Microsoft.AspNetCore.Http;
using RazorSlices;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Pages;

namespace Waxseal.Dashboard;

/// <summary>What is asked for, with all that an answer rests on.</summary>
/// <param name="Context">The request.</param>
/// <param name="Names">What the parts of the path are that stand for something, such as a policy domain.</param>
/// <param name="Viewer">Who asks.</param>
/// <param name="Store">The store, as far as they may see it.</param>
/// <param name="Now">Now.</param>
internal sealed record Asked(HttpContext Context, IReadOnlyDictionary<string, string> Names, Viewer Viewer, VisibleStore Store, DateTimeOffset Now)
{
    /// <summary>A line above every page; null for none.</summary>
    public string? Banner { get; init; }

    /// <summary>The UTC day of now.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>Ends the work when nobody waits for it any more.</summary>
    public CancellationToken Cancelled => Context.RequestAborted;

    /// <summary>A value of the query; null when it is not there or empty.</summary>
    public string? Query(string name) => Context.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A field of the form that was sent; empty when it is not there.</summary>
    public async Task<string> FieldAsync(string name) =>
        Context.Request.HasFormContentType ? (await Context.Request.ReadFormAsync(Cancelled))[name].ToString() : "";

    /// <summary>A UTC day of the query; null when it is not there or none.</summary>
    public DateOnly? Day(string name) =>
        DateOnly.TryParseExact(Query(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;

    /// <summary>A page with its model; null without one.</summary>
    public static IResult? Page<TPage, TModel>(TModel? model)
        where TPage : IRazorSliceProxy
        where TModel : class, IFramed =>
        model is null ? null : ((FramedPage<TModel>)TPage.CreateSlice()).With(model);

    /// <summary>What the frame of every page shows.</summary>
    /// <param name="title">The title of the page.</param>
    /// <param name="section">The entry of the navigation it belongs to.</param>
    public Frame Frame(string title, string section) => new(title, section, Now)
    {
        Banner = Banner,
        Account = Viewer.Way is ViewerWay.Login or ViewerWay.Proxy ? Viewer.Name : null,
        CanLogOut = Viewer.Way == ViewerWay.Login,
        FormSecret = Viewer.FormSecret,
        Notice = Viewer.Way == ViewerWay.Local ? Gate.OpenNotice : null,
    };
}

/// <summary>What the frame of every page shows.</summary>
/// <param name="Title">The title of the page.</param>
/// <param name="Section">The entry of the navigation it belongs to.</param>
/// <param name="Now">When the page was made.</param>
public sealed record Frame(string Title, string Section, DateTimeOffset Now)
{
    /// <summary>A line above every page; null for none.</summary>
    public string? Banner { get; init; }

    /// <summary>The account of who asks; null where there is none.</summary>
    public string? Account { get; init; }

    /// <summary>Whether they may log out.</summary>
    public bool CanLogOut { get; init; }

    /// <summary>What each form must bring along in its field <c>csrf</c>.</summary>
    public string? FormSecret { get; init; }

    /// <summary>What everybody must know; null for nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>Whether the pages there are stand above it.</summary>
    public bool HasNavigation { get; init; } = true;
}
