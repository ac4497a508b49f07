using RazorSlices;

namespace Waxseal.Dashboard.Pages;

/// <summary>A part of a page.</summary>
/// <remarks>The factories that are generated for parts are public, so its model, which is not, is set afterwards.</remarks>
internal abstract class Part<TModel> : RazorSlice
    where TModel : class
{
    private TModel? _model;

    /// <summary>What it shows.</summary>
    public TModel Model => _model ?? throw new InvalidOperationException("The part was made without its model.");

    /// <summary>The part with its model.</summary>
    public static Part<TModel> Of<TPart>(TModel model)
        where TPart : IRazorSliceProxy
    {
        Part<TModel> part = (Part<TModel>)TPart.CreateSlice();
        part._model = model;
        return part;
    }
}
