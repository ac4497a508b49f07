[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Waxseal.Net.Tests")]
