using Waxseal.Protocol.Diagnosis.Causes;

namespace Waxseal.Protocol.Tests.Diagnosis.Causes;

public class PlaceholdersTests
{
    [Theory]
    [InlineData("mx.example.test", "MX.example.test.")]
    [InlineData("<MX host>")]
    [InlineData("<MX host>", "mx1.example.test", "mx2.example.test")]
    [InlineData("<MX host>", "mx.example.test; rm -rf /")]
    public void A_line_to_paste_names_the_MX_host_where_there_is_one_alone(string told, params string[] names) => Assert.Equal(told, Placeholders.MxHost(names));

    [Fact]
    public void The_record_to_paste_is_that_of_the_MX_host() => Assert.StartsWith(
        "_25._tcp.mx.example.test. ", Placeholders.Fill(Catalogue.Get("L01"), name => name == "mx" ? "mx.example.test" : name).Paste, StringComparison.Ordinal);
}
