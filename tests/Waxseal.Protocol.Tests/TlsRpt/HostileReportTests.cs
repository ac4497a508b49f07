using System.Text;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt;

/// <summary>Input made to break a reader: it ends in one clear defect, never in an exception.</summary>
public class HostileReportTests
{
    private const string Head = """
        {"organization-name":"X",
        "date-range":{"start-datetime":"2026-03-04T00:00:00Z","end-datetime":"2026-03-04T23:59:59Z"},
        "contact-info":"a@x.example","report-id":"1","policies":[
        """;

    private const string Entry = """
        {"policy":{"policy-type":"no-policy-found","policy-domain":"a.example"},
        "summary":{"total-successful-session-count":1,"total-failure-session-count":0}}
        """;

    [Theory]
    [InlineData("-1")]
    [InlineData("-0")]
    [InlineData("1.5")]
    [InlineData("5326.0")]
    [InlineData("1e3")]
    [InlineData("1e400")]
    [InlineData("9007199254740993")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("\"\"")]
    [InlineData("\" 5\"")]
    [InlineData("\"-5\"")]
    [InlineData("\"5.0\"")]
    [InlineData("\"\\u0035\"")]
    public void A_count_that_is_no_count_is_fatal(string count) => AssertFatal(
        Head + Entry.Replace(":1,", $":{count},", StringComparison.Ordinal) + "]}",
        "count-invalid",
        "/policies/0/summary/total-successful-session-count");

    [Theory]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{\"a\":1}")]
    public void A_count_of_another_type_is_fatal(string count) => AssertFatal(
        Head + Entry.Replace(":1,", $":{count},", StringComparison.Ordinal) + "]}",
        "member-wrong-type",
        "/policies/0/summary/total-successful-session-count");

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("0x10")]
    public void A_count_that_is_no_JSON_is_fatal(string count) =>
        AssertFatal(Head + Entry.Replace(":1,", $":{count},", StringComparison.Ordinal) + "]}", "not-json");

    [Fact]
    public void The_largest_count_is_2_to_the_53()
    {
        ReportReading reading = Read(Head + Entry.Replace(":1,", ":9007199254740992,", StringComparison.Ordinal) + "]}");

        Assert.Equal(9007199254740992, reading.Report!.Policies[0].SuccessfulSessions);
        Assert.Equal(long.MaxValue, SessionCount.Sum(Enumerable.Repeat(9007199254740992, 2000)));
    }

    [Theory]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-00-01T00:00:00Z")]
    [InlineData("2026-03-04T00:60:00Z")]
    [InlineData("2026-03-04T00:00:61Z")]
    [InlineData("2026-03-04T00:00:00.Z")]
    [InlineData("2026-03-04 00:00:00Z")]
    [InlineData("2026-03-04T00:00:00+0100")]
    [InlineData("2026-03-04T00:00:00+24:00")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("2026-03-04T00:00:00ZZ")]
    [InlineData("20260304T000000Z")]
    [InlineData("\u0662026-03-04T00:00:00Z")]
    public void A_time_that_is_no_time_is_fatal(string time) => AssertFatal(
        Head.Replace("2026-03-04T00:00:00Z", time, StringComparison.Ordinal) + "]}",
        "date-time-invalid",
        "/date-range/start-datetime");

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T23:59:59Z")]
    [InlineData("9999-12-31T00:00:00Z", "9999-12-31T23:59:60Z")]
    public void The_first_and_last_days_are_days_like_others(string start, string end)
    {
        string text = Head
            .Replace("2026-03-04T00:00:00Z", start, StringComparison.Ordinal)
            .Replace("2026-03-04T23:59:59Z", end, StringComparison.Ordinal);

        Assert.True(Read(text + Entry + "]}").Conforms);
    }

    [Theory]
    [InlineData("organization-name", "[]")]
    [InlineData("organization-name", "7")]
    [InlineData("report-id", "{}")]
    [InlineData("report-id", "true")]
    [InlineData("date-range", "\"2026\"")]
    [InlineData("policies", "{}")]
    [InlineData("policies", "\"none\"")]
    [InlineData("policies", "[1]")]
    [InlineData("policies", "[[]]")]
    public void A_required_member_of_another_type_is_fatal(string member, string value)
    {
        ReportReading reading = Read(WithMember(member, value));

        Assert.Null(reading.Report);
        ReportDefect defect = Assert.Single(reading.Defects, defect => defect.IsFatal);
        Assert.Equal("member-wrong-type", defect.Code);
        Assert.StartsWith("/" + member, defect.JsonPointer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("organization-name", "null")]
    [InlineData("organization-name", "\"\"")]
    [InlineData("report-id", "null")]
    [InlineData("report-id", "\"\"")]
    [InlineData("date-range", "null")]
    [InlineData("policies", "null")]
    public void A_required_member_that_is_null_or_empty_is_missing(string member, string value) =>
        AssertFatal(WithMember(member, value), "member-missing", "/" + member);

    [Fact, Rfc(8460, "4.4")]
    public void All_fatal_defects_come_at_once_in_the_order_of_the_text()
    {
        ReportReading reading = Read("""
            {"organization-name":null,"date-range":{"start-datetime":[1,{"a":2}],"end-datetime":"soon"},
            "contact-info":"a@example.com","policies":[1,"x",[],{"policy":[],"summary":{"total-successful-session-count":-1,
            "total-failure-session-count":{}},"failure-details":{"a":[]}}]}
            """);

        Assert.Null(reading.Report);
        Assert.Equal(
            [
                "member-missing /organization-name",
                "member-wrong-type /date-range/start-datetime",
                "date-time-invalid /date-range/end-datetime",
                "member-wrong-type /policies/0",
                "member-wrong-type /policies/1",
                "member-wrong-type /policies/2",
                "member-wrong-type /policies/3/policy",
                "count-invalid /policies/3/summary/total-successful-session-count",
                "member-wrong-type /policies/3/summary/total-failure-session-count",
                "member-wrong-type /policies/3/failure-details",
                "member-missing /report-id",
            ],
            reading.Defects.Where(defect => defect.IsFatal).Select(defect => $"{defect.Code} {defect.JsonPointer}"));
    }

    [Fact]
    public void Fatal_defects_of_one_kind_are_listed_up_to_a_limit()
    {
        ReportReading reading = Read(Head + string.Join(',', Enumerable.Repeat("1", 5_000)) + "]}");

        Assert.Null(reading.Report);
        Assert.Equal(ReportLimits.DefectsOfOneKind, reading.Defects.Count(defect => defect.Code == "member-wrong-type"));
        Assert.Contains("4990 of member-wrong-type", reading.Defects[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_of_our_own_is_not_laid_at_the_door_of_the_standard()
    {
        ReportDefect defect = Read("{\"a\":" + new string('[', 100)).Defects[^1];

        Assert.Equal(("json-too-deep", ReportLimits.Rule), (defect.Code, defect.Rule));
        Assert.Equal("RFC 7493 §2.3", Read("{\"a\":1,\"a\":2}").Defects[0].Rule);
    }

    [Theory]
    [InlineData("null", 1)]
    [InlineData("null,null", 2)]
    public void An_entry_that_is_null_is_passed_over(string entries, int nulls)
    {
        ReportReading reading = Read($"{Head}{entries},{Entry}]}}");

        Assert.Single(reading.Report!.Policies);
        Assert.Equal(nulls, reading.Defects.Count(defect => defect.Code == "explicit-null"));
    }

    [Theory]
    [InlineData("report-id")]
    [InlineData("report\\u002did")]
    [InlineData("x-twice")]
    [InlineData("x-twic\\u0065")]
    public void A_member_name_twice_is_fatal_however_it_is_written(string name) => AssertFatal(
        Head.Replace("{\"org", $"{{\"x-twice\":1,\"{name}\":\"2\",\"org", StringComparison.Ordinal) + "]}",
        "member-repeated");

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\0")]
    [InlineData("\0\0\0\0{}")]
    [InlineData("{")]
    [InlineData("{}\0")]
    [InlineData("{}{}")]
    [InlineData("{},")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":\"\u0001\"}")]
    [InlineData("{\"a\":\"\\x41\"}")]
    [InlineData("{\"a\":\"\\u12\"}")]
    [InlineData("{\"a\":nul}")]
    [InlineData("// x\n{}")]
    [InlineData("\uFEFF\uFEFF{}")]
    public void A_text_that_is_no_JSON_says_so_once(string text)
    {
        ReportReading reading = Read(text);

        Assert.Null(reading.Report);
        Assert.True(reading.Defects[^1].IsFatal);
        Assert.Single(reading.Defects, defect => defect.Code == "not-json");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("17")]
    [InlineData("true")]
    [InlineData("[]")]
    public void A_value_other_than_an_object_is_no_report(string text) => AssertFatal(text, "member-wrong-type", "");

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void The_place_where_JSON_ends_is_told_to_the_byte(int markBytes)
    {
        byte[] text = [.. Encoding.UTF8.Preamble[..markBytes], .. Encoding.UTF8.GetBytes("{\n\"a\":1,\n \"b\":#}")];

        ReportReading reading = ReportReader.Read(text);

        Assert.Equal(Array.IndexOf(text, (byte)'#'), reading.Defects[^1].Offset);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public void Depth_is_limited(int depth)
    {
        AssertFatal(new string('[', depth), "member-wrong-type");
        AssertFatal("{\"x\":" + new string('[', depth), "json-too-deep", "/x");
        AssertFatal(string.Concat(Enumerable.Repeat("{\"x\":", depth)), "json-too-deep", "/x");
    }

    [Fact]
    public void Sixteen_levels_are_allowed_and_seventeen_are_not()
    {
        string vendor(int levels) => Head.Replace(
            "{\"org", $"{{\"x\":{new string('[', levels - 1)}{new string(']', levels - 1)},\"org", StringComparison.Ordinal);

        Assert.NotNull(Read(vendor(ReportLimits.Depth) + Entry + "]}").Report);
        AssertFatal(vendor(ReportLimits.Depth + 1) + Entry + "]}", "json-too-deep", "/x");
    }

    [Fact]
    public void The_number_of_policies_is_limited()
    {
        string full = string.Join(',', Enumerable.Repeat("{}", ReportLimits.Policies));

        Assert.Equal(ReportLimits.Policies, Read($"{Head}{full}]}}").Report!.Policies.Length);
        AssertFatal($"{Head}{full},{{}}]}}", "policies-too-many", $"/policies/{ReportLimits.Policies}");
        AssertFatal(Head + string.Join(',', Enumerable.Repeat("{}", 1_000_000)), "policies-too-many");
    }

    [Fact]
    public void The_number_of_failure_details_is_limited_over_all_policies()
    {
        string half = string.Join(',', Enumerable.Repeat("{}", ReportLimits.FailureDetails / 2));
        string entry = $"{{\"failure-details\":[{half}]}}";

        Assert.NotNull(Read($"{Head}{entry},{entry}]}}").Report);
        AssertFatal(
            $"{Head}{entry},{entry},{{\"failure-details\":[{{}}]}}]}}",
            "failure-details-too-many",
            "/policies/2/failure-details/0");
    }

    [Fact]
    public void The_number_of_members_is_limited()
    {
        string members = string.Concat(Enumerable.Range(0, ReportLimits.Members).Select(i => $"\"m{i}\":0,"));

        AssertFatal(Head.Replace("{\"org", $"{{{members}\"org", StringComparison.Ordinal) + "]}", "members-too-many");
    }

    [Fact]
    public void The_length_of_the_body_is_limited()
    {
        byte[] longest = new byte[ReportLimits.BodyBytes];
        byte[] tooLong = new byte[ReportLimits.BodyBytes + 1];
        Array.Fill(longest, (byte)' ');
        Array.Fill(tooLong, (byte)' ');
        Encoding.UTF8.GetBytes($"{Head}{Entry}]}}").CopyTo(longest, 0);

        Assert.True(ReportReader.Read(longest).Conforms);
        ReportDefect defect = Assert.Single(ReportReader.Read(tooLong).Defects);
        Assert.Equal(("body-too-long", ReportLimits.BodyBytes), (defect.Code, defect.Offset));
    }

    [Theory]
    [InlineData("a", 10_000_000, ReportLimits.TextBytes)]
    [InlineData("\\u0061", 1_000_000, (ReportLimits.TextBytes / 6))]
    [InlineData("\u00FC", 1_000_000, ReportLimits.TextBytes / 2)]
    [InlineData("\u20AC", 1_000_000, ReportLimits.TextBytes / 3)]
    [InlineData("\\ud83d\\ude00", 100_000, (ReportLimits.TextBytes / 12 * 2))]
    public void A_long_text_is_cut_between_two_characters(string piece, int count, int kept)
    {
        string text = string.Concat(Enumerable.Repeat(piece, count));

        ReportReading reading = Read(Head.Replace("\"X\"", $"\"{text}\"", StringComparison.Ordinal) + Entry + "]}");

        Assert.Equal(kept, reading.Report!.OrganizationName.Length);
        Assert.Equal("text-cut", Assert.Single(reading.Defects).Code);
    }

    [Fact]
    public void A_long_list_is_cut()
    {
        string list = string.Join(',', Enumerable.Repeat("\"a\"", ReportLimits.ListEntries + 5));
        string entry = $"{{\"policy\":{{\"policy-type\":\"sts\",\"policy-domain\":\"a.example\",\"mx-host\":[{list}]}}}}";

        ReportReading reading = Read($"{Head}{entry}]}}");

        Assert.Equal(ReportLimits.ListEntries, reading.Report!.Policies[0].MxHosts.Length);
        ReportDefect defect = Assert.Single(reading.Defects, defect => defect.Code == "list-cut");
        Assert.Equal($"/policies/0/policy/mx-host/{ReportLimits.ListEntries}", defect.JsonPointer);
    }

    [Fact]
    public void All_lists_together_are_cut()
    {
        string list = string.Join(',', Enumerable.Repeat("\"\"", ReportLimits.ListEntries));
        string entry = $"{{\"policy\":{{\"policy-string\":[{list}]}}}}";
        int full = ReportLimits.ListEntriesInAll / ReportLimits.ListEntries;
        string entries = string.Join(',', Enumerable.Repeat(entry, full + 1));

        ReportReading reading = Read($"{Head}{entries}]}}");

        Assert.Equal(ReportLimits.ListEntriesInAll, reading.Report!.Policies.Sum(policy => policy.PolicyString.Length));
        Assert.Contains(reading.Defects, defect => defect.Code == "list-cut");
    }

    [Fact]
    public void Many_equal_defects_hide_no_other_and_are_counted()
    {
        string detail = "{\"failed-session-count\":\"1\",\"result-type\":\"x\"}";
        string details = string.Join(',', Enumerable.Repeat(detail, 50_000));
        string entry = $"{{\"failure-details\":[{details}]}}";

        string other = Entry.Replace("a.example", "A.example", StringComparison.Ordinal);
        ReportReading reading = Read($"{Head}{entry},{other}]}}");

        Assert.Equal(ReportLimits.DefectsOfOneKind, reading.Defects.Count(defect => defect.Code == "count-is-text"));
        Assert.Contains(reading.Defects, defect => defect.Code == "policy-domain-case");
        Assert.Contains("49990 of count-is-text", reading.Defects[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_name_in_another_object_is_an_unknown_member()
    {
        string entry = """{"report-id":5,"policy":{"policy-type":"tlsa","policy-domain":"a.example","summary":7}}""";

        ReportReading reading = Read($"{Head}{entry}]}}");

        Assert.Equal("1", reading.Report!.ReportId);
        Assert.Equal("summary-missing", Assert.Single(reading.Defects).Code);
    }

    [Fact]
    public void Damaging_any_byte_of_a_report_never_throws()
    {
        var random = new Random(8460);
        foreach (string file in Directory.EnumerateFiles(TestData.Path("reports"), "*.json"))
        {
            byte[] original = File.ReadAllBytes(file);
            for (int round = 0; round < 300; round++)
            {
                byte[] damaged = [.. original];
                for (int change = random.Next(4); change >= 0; change--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                AssertSound(ReportReader.Read(damaged.AsSpan(0, random.Next(damaged.Length) + 1)));
            }
        }
    }

    private static void AssertSound(ReportReading reading)
    {
        Assert.Equal(reading.Report is null, reading.Defects.Any(defect => defect.IsFatal));
        Assert.All(reading.Report?.Policies ?? [], policy => Assert.True(policy.FailedSessions >= 0));
    }

    private static void AssertFatal(string text, string code, string? pointer = null)
    {
        ReportReading reading = Read(text);

        Assert.Null(reading.Report);
        ReportDefect defect = Assert.Single(reading.Defects, defect => defect.IsFatal);
        Assert.Equal(code, defect.Code);
        if (pointer is not null)
            Assert.Equal(pointer, defect.JsonPointer);
    }

    private static string WithMember(string member, string value)
    {
        string[] members =
        [
            "\"organization-name\":\"X\"",
            "\"date-range\":{\"start-datetime\":\"2026-03-04T00:00:00Z\",\"end-datetime\":\"2026-03-04T23:59:59Z\"}",
            "\"contact-info\":\"a@x.example\"",
            "\"report-id\":\"1\"",
            $"\"policies\":[{Entry}]",
        ];
        IEnumerable<string> changed = members.Select(text =>
            text.StartsWith($"\"{member}\"", StringComparison.Ordinal) ? $"\"{member}\":{value}" : text);
        return $"{{{string.Join(',', changed)}}}";
    }

    private static ReportReading Read(string text) => ReportReader.Read(Encoding.UTF8.GetBytes(text));
}
