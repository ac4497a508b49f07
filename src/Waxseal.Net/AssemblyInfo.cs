[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Waxseal.Net.Tests")]
[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Waxseal.Fuzz")]
[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Waxseal.Lab")]
