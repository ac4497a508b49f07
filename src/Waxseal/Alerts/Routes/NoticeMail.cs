using System.Text;
using MimeKit;
using MimeKit.Text;
using Waxseal.Alerts.Judgement;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Routes;

/// <summary>The mail of a notice: plain text, with an id that is the same however often it is sent.</summary>
internal static class NoticeMail
{
    public static MimeMessage Of(Notice notice, SubmissionOptions options)
    {
        var from = MailboxAddress.Parse(options.From);
        string place = from.Address[(from.Address.LastIndexOf('@') + 1)..];
        MimeMessage mail = new()
        {
            Subject = $"[waxseal] {(notice.IsUrgent ? "Urgent: " : "")}{notice.Title}",
            Date = notice.At,
            MessageId = $"{notice.Id}.waxseal@{place}",
            Body = new TextPart(TextFormat.Plain) { Text = BodyOf(notice) },
        };
        mail.From.Add(from);
        mail.To.AddRange(options.To.Select(MailboxAddress.Parse));

        // RFC 3834 §5: no holiday answers.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");

        // What becomes of an alert stands below the mail that raised it.
        if (notice.Messages is [{ Event.Ordinal: > 1 } later])
            mail.References.Add($"{later.AlertId}-1.waxseal@{place}");
        return mail;
    }

    private static string BodyOf(Notice notice)
    {
        if (notice.Messages.IsEmpty)
            return $"{string.Join('\n', notice.Lines)}\n";
        StringBuilder text = new();
        foreach (AlertMessage message in notice.Messages)
        {
            if (notice.Messages.Length > 1)
                text.Append(text.Length > 0 ? "\n\n" : "").Append(Notice.TitleOf(message)).Append('\n').Append('=', Math.Min(72, Notice.TitleOf(message).Length)).Append("\n\n");
            text.Append(notice.Messages.Length == 1 || message.Event.State == AlertState.Cleared ? message.Event.Text.Details.TrimEnd('\n') : InBrief(message.Event.Text)).Append('\n');
        }

        AlertMessage first = notice.Messages[0];
        text.Append($"\n-- \nwaxseal store alerts lists what is open. Times and days are UTC. ");
        text.Append(notice.Messages.Length == 1 ? $"Alert {first.AlertId}, {first.Key.Kind.ToWord()}, of {Wording.Time(first.Event.At)}.\n" : $"Digest {notice.Id}.\n");
        return text.ToString();
    }

    private static string InBrief(AlertText text) => text.Remedy.Length > 0 ? $"{text.InShort}\n\nWhat to do: {text.Remedy}" : text.InShort;
}
