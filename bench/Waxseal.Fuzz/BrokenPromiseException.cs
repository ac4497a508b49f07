namespace Waxseal.Fuzz;

/// <summary>A parser ended well, but its answer is not what it promises.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise);
