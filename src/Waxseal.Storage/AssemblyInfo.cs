[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Waxseal.Storage.Tests")]
