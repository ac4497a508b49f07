[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Waxseal.Storage.Tests")]
[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("waxseal")]
[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Waxseal.Tests")]
[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Waxseal.Bench")]
