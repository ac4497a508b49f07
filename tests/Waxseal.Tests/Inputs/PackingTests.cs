using Waxseal.Inputs;

namespace Waxseal.Tests.Inputs;

public class PackingTests
{
    [Theory]
    [InlineData("report.json")]
    [InlineData("report.json.gz")]
    [InlineData("report.zip")]
    [InlineData("report.base64")]
    public void Report_is_found_whatever_the_packing(string file)
    {
        var found = Assert.IsType<IntakeResult.Found>(Assert.Single(IntakeSamples.Read(file)));
        Assert.Contains("\"report-id\": \"2026-01-01.example.net@sender.example\"", found.TextOf());
        Assert.Null(found.Origin.Mail);
    }

    [Fact]
    public void Entry_of_an_archive_gives_its_name()
    {
        var found = Assert.IsType<IntakeResult.Found>(Assert.Single(IntakeSamples.Read("report.zip")));
        Assert.Equal("sender.example!example.net!1767225600!1767311999!1.json", found.Origin.FileName);
        Assert.EndsWith("report.zip, entry sender.example!example.net!1767225600!1767311999!1.json", found.Origin.ToString());
    }

    [Theory]
    [InlineData("dmarc.zip")]
    [InlineData("dmarc.eml")]
    public void Dmarc_report_is_named_as_such(string file)
    {
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.Read(file)));
        Assert.Contains("is a DMARC aggregate report", failed.Reason);
    }

    [Fact]
    public void Damaged_report_tells_the_byte()
    {
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.Read("damaged.eml")));
        Assert.Contains("ends too early", failed.Reason);
        Assert.Equal(120, failed.Offset);
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("Dear postmaster, all is well.", "holds no report")]
    public void Other_input_is_refused_with_a_reason(string input, string reason)
    {
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadInput(input)));
        Assert.Contains(reason, failed.Reason);
        Assert.StartsWith("standard input", failed.Origin.ToString());
    }

    [Fact]
    public void Input_beyond_the_limit_is_refused()
    {
        byte[] large = new byte[Protocol.TlsRpt.ReportLimits.FileBytes + 1];
        large[0] = (byte)'{';
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadInput(large)));
        Assert.Contains("is larger than", failed.Reason);
    }
}
