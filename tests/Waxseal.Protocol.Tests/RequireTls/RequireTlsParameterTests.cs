using System.Text;
using Waxseal.Protocol.RequireTls;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.RequireTls;

public class RequireTlsParameterTests
{
    [Theory, Rfc(8689, "2"), Rfc(5321, "4.1.2")]
    [InlineData("MAIL FROM:<a@example.com> REQUIRETLS\r\n", RequireTlsParameter.Given)]
    [InlineData("mail from:<a@example.com> RequireTls", RequireTlsParameter.Given)]
    [InlineData("MAIL FROM: <a@example.com>  REQUIRETLS ", RequireTlsParameter.Given)]
    [InlineData("MAIL FROM:a@example.com REQUIRETLS", RequireTlsParameter.Given)]
    [InlineData("MAIL FROM:<\"a> REQUIRETLS\"@example.com>", RequireTlsParameter.Absent)]
    [InlineData("MAIL FROM:<\"a\\\"> REQUIRETLS\"@example.com>", RequireTlsParameter.Absent)]
    [InlineData("MAIL FROM:<\"a>\"@example.com> REQUIRETLS", RequireTlsParameter.Given)]
    [InlineData("MAIL FROM:<a@example.com> REQUIRETLSX", RequireTlsParameter.Absent)]
    [InlineData("MAIL FROM:<a@example.com> X=REQUIRETLS", RequireTlsParameter.Absent)]
    [InlineData("MAIL FROM:<a@example.com> REQUIRETLS=", RequireTlsParameter.HasValue)]
    [InlineData("MAIL FROM:<a@example.com", RequireTlsParameter.Absent)]
    [InlineData("MAIL FROM:<\"\\", RequireTlsParameter.Absent)]
    [InlineData("RCPT TO:<a@example.com> REQUIRETLS", RequireTlsParameter.Absent)]
    [InlineData("", RequireTlsParameter.Absent)]
    public void The_parameter_is_found_after_the_path_only(string command, RequireTlsParameter expected)
    {
        Assert.Equal(expected, RequireTlsParameters.Read(Encoding.ASCII.GetBytes(command), isUnderTls: true));
    }

    [Fact, Rfc(8689, "2")]
    public void The_parameter_adds_eleven_octets_to_the_command()
    {
        Assert.Equal(RequireTlsParameters.ExtraCommandLength, $" {RequireTlsParameters.Keyword}".Length);
    }
}
