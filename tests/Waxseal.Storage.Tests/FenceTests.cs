using System.Reflection;

namespace Waxseal.Storage.Tests;

public class FenceTests
{
    [Fact]
    public void Storage_does_not_know_Net()
    {
        AssemblyName[] references = Assembly.Load("Waxseal.Storage").GetReferencedAssemblies();

        Assert.DoesNotContain(references, name => name.Name is "Waxseal.Net" or "waxseal");
    }
}
