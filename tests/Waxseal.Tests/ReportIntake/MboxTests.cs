using System.Text;
using Waxseal.Inputs;
using Waxseal.Mail;

using Waxseal.Tests.Inputs;

namespace Waxseal.Tests.ReportIntake;

public class MboxTests
{
    [Fact]
    public void Messages_are_numbered_and_others_than_reports_skipped()
    {
        List<IntakeResult> results = IntakeSamples.Read("inbox.mbox");
        Assert.Equal(3, results.Count);
        Assert.Equal(1, Assert.IsType<IntakeResult.Skipped>(results[0]).Origin.Message);
        Assert.Equal(2, Assert.IsType<IntakeResult.Found>(results[1]).Origin.Message);
        Assert.Equal(3, Assert.IsType<IntakeResult.Found>(results[2]).Origin.Message);
        Assert.Contains("inbox.mbox, message 3, part sender.example!", results[2].Origin.ToString());
    }

    [Fact]
    public void Sentence_that_begins_with_From_ends_no_message()
    {
        Assert.False(MboxReader.IsSeparator("From here it is not far.\n"u8));
        Assert.False(MboxReader.IsSeparator("From: alice@example.com 08:00\n"u8));
        Assert.True(MboxReader.IsSeparator("From alice@example.com Sat Jan  3 08:00:00 2026\r\n"u8));
    }

    [Fact]
    public void Mbox_without_any_report_is_a_failure()
    {
        string letter = "From a@example.com Sat Jan  3 08:00:00 2026\nFrom: a@example.com\nTo: b@example.com\n\ntext\n\n";
        List<IntakeResult> results = IntakeSamples.ReadInput(letter + letter);
        Assert.Equal("holds no TLS report; 2 files or mails in it are something else", Assert.IsType<IntakeResult.Failed>(results[^1]).Reason);
    }

    [Fact]
    public void Message_too_large_does_not_hide_the_next()
    {
        string separator = "From a@example.com Sat Jan  3 08:00:00 2026\n";
        string huge = "From: a@example.com\n\n" + new string('x', MailLimits.Bytes) + "\n\n";
        string report = "Content-Type: application/tlsrpt+json\n\n{\"report-id\":\"1\"}\n";
        List<IntakeResult> results = IntakeSamples.ReadInput(separator + huge + separator + report);
        Assert.Contains("is larger than", Assert.IsType<IntakeResult.Failed>(results[0]).Reason);
        Assert.IsType<IntakeResult.Found>(results[1]);
    }

    [Fact]
    public void Stream_that_comes_in_single_bytes_is_read_alike()
    {
        byte[] mbox = TestData.Bytes("intake/inbox.mbox");
        using SlowStream stream = new(mbox);
        List<MboxMessage> messages = [.. new MboxReader([], stream).Messages()];
        Assert.Equal([1, 2, 3], messages.Select(message => message.Number));
        Assert.Equal(mbox.AsSpan().IndexOf("\nFrom tls"u8) + 1, messages[1].Offset);
        Assert.StartsWith("From: alice@example.com", Encoding.UTF8.GetString(messages[0].Content.Span));
    }

    private sealed class SlowStream(byte[] content) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
