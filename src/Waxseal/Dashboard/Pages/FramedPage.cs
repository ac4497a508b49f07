using RazorSlices;

namespace Waxseal.Dashboard.Pages;

/// <summary>A page within the frame of all pages.</summary>
/// <remarks>The factories that are generated for pages are public, so its model, which is not, is set afterwards.</remarks>
internal abstract class FramedPage<TModel> : RazorSlice, IUsesLayout<FramePage, Frame>
    where TModel : class, IFramed
{
    private TModel? _model;

    /// <summary>What the page shows.</summary>
    public TModel Model => _model ?? throw new InvalidOperationException("The page was made without its model.");

    public Frame LayoutModel => Model.Frame;

    /// <summary>The page with its model.</summary>
    public FramedPage<TModel> With(TModel model)
    {
        _model = model;
        return this;
    }
}
