using System.Diagnostics.CodeAnalysis;
using Xunit.v3;

namespace Waxseal.Tests;

/// <summary>Names the section a test proves, as a trait: <c>--filter-trait "RFC 8461=4.1"</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
[SuppressMessage("Performance", "CA1813", Justification = "xUnit finds traits through the interface.")]
internal sealed class RfcAttribute(int number, string section) : Attribute, ITraitAttribute
{
    public int Number => number;

    public string Section => section;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new($"RFC {number}", section)];
}
