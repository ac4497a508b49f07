using System.Reflection;

namespace Waxseal.Net.Tests;

public class FenceTests
{
    [Fact]
    public void Net_does_not_know_Storage()
    {
        AssemblyName[] references = Assembly.Load("Waxseal.Net").GetReferencedAssemblies();

        Assert.DoesNotContain(references, name => name.Name is "Waxseal.Storage" or "waxseal");
    }
}
