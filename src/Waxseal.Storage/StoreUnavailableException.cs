namespace Waxseal.Storage;

/// <summary>The database cannot be used now: it is not there, its disk is full, or it broke off. Nothing was written; later it may work again.</summary>
/// <param name="reason">Why, in words, as the end of a sentence.</param>
/// <param name="fault">What the database said.</param>
internal sealed class StoreUnavailableException(string reason, Exception fault) : Exception(reason, fault);
