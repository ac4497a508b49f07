using System.Diagnostics;
using System.Text;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.MtaSts;

public class StsRecordReaderTests
{
    private static readonly DateOnly Today = new(2024, 11, 8);

    [Fact, Rfc(8461, "3.1")]
    public void A_sound_record_has_no_problem()
    {
        Parsed<StsRecord> reading = Read("v=STSv1; id=20241107120000Z;");

        Assert.Equal(new StsRecord("20241107120000Z"), reading.Value);
        Assert.Empty(reading.Problems);
    }

    [Theory, Rfc(8461, "3.1")]
    [InlineData("v=STSV1; id=1;", "sts-record-version-case")]
    [InlineData("v=stsv1; id=1", "sts-record-version-case")]
    [InlineData("V=STSv1; id=1", "sts-record-version-case")]
    [InlineData("v = STSv1; id=1;", "sts-record-version-spaced")]
    [InlineData("v=STS1; id=1;", "sts-record-version-unknown")]
    [InlineData("v=STSv2; id=1;", "sts-record-version-unknown")]
    [InlineData("v=STSv1.0; id=1;", "sts-record-version-unknown")]
    [InlineData(" v=STSv1; id=1;", "sts-record-leading-space")]
    [InlineData("id=1; v=STSv1;", "sts-record-version-not-first")]
    [InlineData("v=STSv1 id=1;", "sts-record-semicolon-missing")]
    [InlineData("v=STSv1, id=1;", "sts-record-semicolon-missing")]
    [InlineData("v=STSv1id=1;", "sts-record-semicolon-missing")]
    [InlineData("\"v=STSv1; id=1;\"", "sts-record-escaped")]
    [InlineData("\u201Cv=STSv1; id=1;\u201D", "sts-record-escaped")]
    [InlineData("\\\"v=STSv1\\; id=1\\;\\\"", "sts-record-escaped")]
    [InlineData("v=STSv1\\; id=1\\;", "sts-record-escaped")]
    [InlineData("v=STSv1;; id=1;", "sts-record-field-empty")]
    [InlineData("v=STSv1; id=1;;", "sts-record-field-empty")]
    [InlineData("v=STSv1; id = 1;", "sts-record-equals-spaced")]
    [InlineData("v=STSv1; id= 1;", "sts-record-equals-spaced")]
    [InlineData("v=STSv1; id=\"1\";", "sts-record-id-invalid")]
    [InlineData("v=STSv1; id=1; flag", "sts-record-equals-missing")]
    [InlineData("v=STSv1; id=1; x=", "sts-record-value-empty")]
    [InlineData("v=STSv1; id=1; x=a=b", "sts-record-equals-repeated")]
    [InlineData("v=STSv1; id=1; x=a b", "sts-record-value-spaced")]
    [InlineData("v=STSv1; id=1; _x=a", "sts-record-name-invalid")]
    [InlineData("v=STSv1; id=1; x=ü", "sts-record-not-ascii")]
    [InlineData("v=STSv1;\nid=1;", "sts-record-control")]
    [InlineData("v=STSv1; id=1;\n", "sts-record-control")]
    public void A_usual_slip_is_told_with_the_corrected_record(string text, string code)
    {
        Parsed<StsRecord> reading = Read(text);

        Assert.Null(reading.Value);
        Problem problem = Assert.Single(reading.Problems);
        Assert.Equal((code, "v=STSv1; id=1;"), (problem.Code, problem.Correction));
    }

    [Theory, Rfc(8461, "3.1")]
    [InlineData("v=STSv1; id=2024-11-08;", "sts-record-id-invalid", "v=STSv1; id=20241108;")]
    [InlineData("v=STSv1; id=2024-11-08T08:57:00Z;", "sts-record-id-invalid", "v=STSv1; id=20241108T085700Z;")]
    [InlineData("v=STSv1; id=2024 1108;", "sts-record-value-spaced", "v=STSv1; id=20241108;")]
    [InlineData("v=STSv1; id=a-b; x=y;", "sts-record-id-invalid", "v=STSv1; id=ab; x=y;")]
    [InlineData("v=STSv1; id=", "sts-record-value-empty", null)]
    [InlineData("v=STSv1; id=1id=2", "sts-record-equals-repeated", null)]
    [InlineData("v=STSv1; id=--;", "sts-record-id-invalid", null)]
    [InlineData("v=STSv1", "sts-record-id-missing", null)]
    [InlineData("v=STSv1; ", "sts-record-id-missing", null)]
    [InlineData("v=spf1 -all", "sts-record-not-sts", null)]
    [InlineData("", "sts-record-empty", null)]
    public void An_id_is_corrected_where_it_can_be_known(string text, string code, string? correction)
    {
        Problem problem = Read(text).Problems[0];

        Assert.Equal((code, correction), (problem.Code, problem.Correction));
    }

    [Fact, Rfc(8461, "3.1")]
    public void An_id_of_more_than_32_characters_is_shortened()
    {
        string longest = new('a', StsRecord.MaxIdLength);

        Problem problem = Assert.Single(Read($"v=STSv1; id={longest}b;").Problems);
        Assert.Equal(("sts-record-id-invalid", $"v=STSv1; id={longest};"), (problem.Code, problem.Correction));
        Assert.Equal(longest, Read($"v=STSv1; id={longest};").Value?.Id);
    }

    [Fact]
    public void All_problems_are_told_at_once_with_their_places()
    {
        Parsed<StsRecord> reading = Read(" v=STSV1 id=a-b;; ID=x; foo=bar; flag ");

        Assert.Equal(
            [
                "0 sts-record-version-case",
                "9 sts-record-semicolon-missing",
                "12 sts-record-id-invalid",
                "16 sts-record-field-empty",
                "18 sts-record-field-misspelt",
                "24 sts-record-field-unknown",
                "33 sts-record-equals-missing",
                "37 sts-record-trailing-space",
            ],
            reading.Problems.Select(problem => $"{problem.Place.Offset} {problem.Code}"));
        Assert.Equal("v=STSv1; id=ab; foo=bar;", reading.Problems[0].Correction);
    }

    [Fact, Rfc(8461, "3.1")]
    public void White_space_at_the_end_is_an_error_that_can_be_tolerated()
    {
        Parsed<StsRecord> reading = Read("v=STSv1; id=1 ");

        Problem problem = Assert.Single(reading.Problems);
        Assert.Equal(("sts-record-trailing-space", 13), (problem.Code, problem.Place.Offset));
        Assert.True(problem.IsTolerable);
        Assert.Equal("1", reading.Value?.Id);
        Assert.False(reading.Conforms);
    }

    [Theory]
    [InlineData("v=STSv1; id=1; foo=bar;", "sts-record-field-unknown", null)]
    [InlineData("v=STSv1; ID=2; id=1;", "sts-record-field-misspelt", "v=STSv1; id=1;")]
    [InlineData("v=STSv1; id=1; id=2;", "sts-record-field-repeated", "v=STSv1; id=1;")]
    [InlineData("v=STSv1; v=STSv1; id=1;", "sts-record-field-repeated", "v=STSv1; id=1;")]
    [InlineData("v=STSv1 ; id=1;", "sts-record-space-before-semicolon", "v=STSv1; id=1;")]
    public void What_is_legal_but_unwise_is_a_warning(string text, string code, string? correction)
    {
        Parsed<StsRecord> reading = Read(text);

        Problem problem = Assert.Single(reading.Problems);
        Assert.Equal((code, correction), (problem.Code, problem.Correction));
        Assert.Equal("1", reading.Value?.Id);
        Assert.True(reading.Conforms);
    }

    [Fact, Rfc(8461, "3.1")]
    public void A_misspelt_id_is_offered_as_the_missing_one()
    {
        Parsed<StsRecord> reading = Read("v=STSv1; ID=7;");

        Assert.Null(reading.Value);
        Assert.Equal(["sts-record-field-misspelt", "sts-record-id-missing"], reading.Codes());
        Assert.All(reading.Problems, problem => Assert.Equal("v=STSv1; id=7;", problem.Correction));
    }

    [Theory]
    [InlineData("20231107000000Z", true)]
    [InlineData("20231108", false)]
    [InlineData("20160831085700Z", true)]
    [InlineData("20241108", false)]
    [InlineData("20301231", false)]
    [InlineData("20161399", false)]
    [InlineData("2016", false)]
    [InlineData("1478563200", false)]
    public void An_id_that_reads_as_a_date_more_than_a_year_ago_is_mentioned(string id, bool expected)
    {
        byte[] text = Encoding.ASCII.GetBytes($"v=STSv1; id={id};");

        Assert.Equal(expected, StsRecordReader.Read(text, Today).Codes().Contains("sts-record-id-old"));
        Assert.Empty(StsRecordReader.Read(text).Problems);
    }

    [Fact]
    public void A_look_alike_is_kept_beside_the_record_that_counts()
    {
        string[] texts = ["v=STSv1; id=1;", "v=stsv1; id=2;", "\"v=STSv1; id=3;\"", "v=spf1 -all", "\"v=spf1 -all\""];
        ReadOnlyMemory<byte>[][] records = [.. texts.Select(text => (ReadOnlyMemory<byte>[])[Octets(text)])];

        var found = Assert.IsType<TxtLookup<StsRecord>.Found>(StsRecordReader.ReadAnswer(records));
        Assert.Equal(
            ["sts-record-version-case", "sts-record-escaped"],
            found.LookAlikes.SelectMany(reading => reading.Codes()));
    }

    [Theory]
    [InlineData(";")]
    [InlineData(" ")]
    [InlineData("x=y;")]
    [InlineData("\\")]
    [InlineData("id=--;")]
    [InlineData("=")]
    public void Long_hostile_input_is_read_in_linear_time(string piece)
    {
        byte[] text = Octets("v=STSv1;" + string.Concat(Enumerable.Repeat(piece, 65_000 / piece.Length)));
        long started = Stopwatch.GetTimestamp();

        Parsed<StsRecord> reading = StsRecordReader.Read(text);

        Assert.InRange(reading.Problems.Length, 1, 101);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_record_longer_than_a_DNS_message_is_refused()
    {
        byte[] text = Octets("v=STSv1; id=1; x=" + new string('y', 65_535));

        Assert.Equal("sts-record-too-long", Assert.Single(StsRecordReader.Read(text).Problems).Code);
    }

    [Fact]
    public void Any_octets_are_read_without_an_exception_and_corrections_conform()
    {
        var random = new Random(8461);
        string[] pieces =
        [
            "v=STSv1", "v", "=", "STSv1", "STSV1", "id", "ID", "1", "-", ";", " ", "\t", "\"", "\\", "\n", "ü", "x",
            "x=y", ",",
        ];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] text = Octets(Readings.Shuffle(random, pieces, random.Next(14)));
            if (text.Length > 0 && round % 2 == 0)
                text[random.Next(text.Length)] = (byte)random.Next(256);

            Parsed<StsRecord> reading = StsRecordReader.Read(text, Today);
            Assert.Equal(reading.Value is null, reading.HasFatal());
            Assert.All(
                reading.Problems.Where(problem => problem.Correction is not null),
                problem => Assert.True(Read(problem.Correction!).Conforms));
        }
    }

    [Fact, Rfc(8461, "3.1")]
    public void A_changed_policy_gets_an_id_that_was_not_used_before()
    {
        var now = new DateTimeOffset(2024, 11, 8, 14, 0, 0, TimeSpan.FromHours(2));

        StsRecord first = StsRecord.Next(null, now);
        Assert.Equal("v=STSv1; id=20241108120000Z;", first.Text);
        Assert.Equal("20241108120001Z", StsRecord.Next(first, now).Id);
        Assert.Equal("20241108120000Z", StsRecord.Next(new StsRecord("1"), now).Id);
    }

    [Fact, Rfc(8461, "3.1")]
    public void The_record_lies_below_the_policy_domain()
    {
        Assert.Equal("_mta-sts.example.com", StsRecord.OwnerName(Readings.Name("example.com")));
    }

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);

    private static Parsed<StsRecord> Read(string text) => StsRecordReader.Read(Octets(text), Today);
}
