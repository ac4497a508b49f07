using System.Text;
using Waxseal.Protocol.RequireTls;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.RequireTls;

public class TlsRequiredFieldTests
{
    [Theory, Rfc(8689, "3")]
    [InlineData("TLS-Required: No\r\n", TlsRequiredField.No)]
    [InlineData("TLS-Required: No", TlsRequiredField.No)]
    [InlineData("Subject: x\nTLS-Required: No\n\nbody", TlsRequiredField.No)]
    [InlineData("TLS-Required: \r\n\tNo\r\nSubject: x\r\n", TlsRequiredField.No)]
    [InlineData("Subject: x\r\n TLS-Required: No\r\n", TlsRequiredField.Absent)]
    [InlineData("TLS-Required : No\r\n", TlsRequiredField.Absent)]
    [InlineData("\r\nTLS-Required: No\r\n", TlsRequiredField.Absent)]
    [InlineData("\nTLS-Required: No\n", TlsRequiredField.Absent)]
    [InlineData("TLS-Required: N\r\n o\r\n", TlsRequiredField.Other)]
    [InlineData("TLS-Required: \"No\"\r\n", TlsRequiredField.Other)]
    [InlineData("TLS-Required: No\r\n maybe\r\n", TlsRequiredField.Other)]
    [InlineData("TLS-Required: No\r\nTLS-Required: Yes\r\n", TlsRequiredField.Repeated)]
    [InlineData("TLS-Required:", TlsRequiredField.Other)]
    [InlineData("TLS-Required", TlsRequiredField.Absent)]
    [InlineData("", TlsRequiredField.Absent)]
    public void Only_No_alone_counts(string header, TlsRequiredField expected)
    {
        Assert.Equal(expected, TlsRequiredFields.Read(Encoding.ASCII.GetBytes(header)));
    }
}
