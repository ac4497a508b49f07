namespace Waxseal.Storage;

/// <summary>There is no store where one should be, and none was made.</summary>
/// <param name="place">Where.</param>
internal sealed class StoreAbsentException(string place) : Exception($"There is no store at {place}.")
{
    public string Place => place;
}
