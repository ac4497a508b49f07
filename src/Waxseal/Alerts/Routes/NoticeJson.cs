using System.Globalization;
using System.Text.Json;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Routes;

/// <summary>The JSON of a notice, and of alerts. Members are only ever added; <c>version</c> changes when one must go.</summary>
internal static class NoticeJson
{
    public static byte[] Of(Notice notice)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("id", notice.Id);
            json.WriteString("type", notice.Type);
            json.WriteString("at", Time(notice.At));
            json.WriteString("title", notice.Title);
            json.WriteStartArray("alerts");
            foreach (AlertMessage message in notice.Messages)
            {
                json.WriteStartObject();
                Write(json, message.Key, message.AlertId, message.Event, message.IsUrgent);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>What an alert is and says, as members of the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, AlertKey key, string id, AlertEvent told, bool isUrgent)
    {
        json.WriteString("alertId", id);
        json.WriteString("event", told.State.ToWord());
        json.WriteString("at", Time(told.At));
        json.WriteString("kind", key.Kind.ToWord());
        json.WriteString("policyDomain", key.PolicyDomain);
        json.WriteString("subject", key.Subject);
        json.WriteBoolean("urgent", isUrgent);
        json.WriteString("title", told.Text.Title);
        json.WriteString("inShort", told.Text.InShort);
        json.WriteString("remedy", told.Text.Remedy);
        json.WriteString("details", told.Text.Details);
        if (told.Text.FirstDay is { } first)
            json.WriteString("firstDay", Day(first));
        if (told.Text.LastDay is { } last)
            json.WriteString("lastDay", Day(last));
        json.WriteNumber("sessions", told.Text.Sessions);
        json.WriteNumber("failed", told.Text.Failed);
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
