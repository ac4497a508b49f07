using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Protocol.TlsRpt.Packing;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt.Packing;

public class ReportUnpackingTests
{
    private static readonly byte[] Other = Encoding.UTF8.GetBytes(" \r\n[ \"other\" ]");

    [Fact, Rfc(8460, "5.1")]
    public void A_plain_text_is_handed_on_as_it_is()
    {
        UnpackingResult.Unpacked unpacked = Unpack(Pack.Json);

        Assert.Equal(Pack.Json, Assert.Single(unpacked.Reports).Json.ToArray());
        Assert.Empty(unpacked.Defects);
    }

    [Fact, Rfc(8460, "5.2")]
    public void Gzip_is_unpacked()
    {
        UnpackingResult.Unpacked unpacked = Unpack(Pack.Gzip(Pack.Json));

        Assert.Equal(Pack.Json, Assert.Single(unpacked.Reports).Json.ToArray());
        Assert.Null(unpacked.Reports[0].EntryName);
        Assert.Empty(unpacked.Defects);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(9_000)]
    [InlineData(300_000)]
    public void Gzip_of_any_length_is_unpacked_to_the_byte(int length)
    {
        byte[] noise = new byte[length];
        new Random(length).NextBytes(noise);
        byte[] text = Encoding.ASCII.GetBytes($"{{\"x\":\"{Convert.ToHexString(noise)}\"}}");

        Assert.Equal(text, Assert.Single(Unpack(Pack.Gzip(text)).Reports).Json.ToArray());
    }

    [Fact, Rfc(1952, "2.2")]
    public void The_members_of_a_gzip_file_make_one_text()
    {
        byte[] file =
        [
            .. Pack.EmptyGzip, .. Pack.Gzip(Pack.Json[..10]), .. Pack.EmptyGzip, .. Pack.EmptyGzip,
            .. Pack.Gzip(Pack.Json[10..20]), .. Pack.Gzip(Pack.Json[20..]), .. Pack.EmptyGzip,
        ];

        UnpackingResult.Unpacked unpacked = Unpack(file);

        Assert.Equal(Pack.Json, Assert.Single(unpacked.Reports).Json.ToArray());
        Assert.Empty(unpacked.Defects);
    }

    [Fact, Rfc(1952, "2.3")]
    public void The_optional_fields_of_a_gzip_header_are_passed_over()
    {
        byte[] plain = Pack.Gzip(Pack.Json);
        byte[] header = [.. plain[..3], 0x1E, .. plain[4..10]];
        byte[] file =
        [
            .. header, 3, 0, 1, 2, 3, .. "../../etc/passwd\0"u8, .. "comment\0"u8, 0xAB, 0xCD, .. plain[10..],
        ];

        UnpackedReport report = Assert.Single(Unpack(file).Reports);

        Assert.Equal(Pack.Json, report.Json.ToArray());
        Assert.Null(report.EntryName);
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("\r\n")]
    public void Bytes_after_gzip_are_noted_and_left_out(string junk)
    {
        byte[] gzip = Pack.Gzip(Pack.Json);

        UnpackingResult.Unpacked unpacked = Unpack([.. gzip, .. Encoding.ASCII.GetBytes(junk)]);

        Assert.Equal(Pack.Json, Assert.Single(unpacked.Reports).Json.ToArray());
        ReportDefect defect = Assert.Single(unpacked.Defects);
        Assert.Equal(("gzip-trailing-bytes", (long)gzip.Length), (defect.Code, defect.Offset));
    }

    [Fact]
    public void Gzip_cut_off_anywhere_is_refused()
    {
        byte[] gzip = Pack.Gzip(Encoding.ASCII.GetBytes($"{{\"x\":\"{string.Join(' ', Enumerable.Range(0, 900))}\"}}"));
        for (int length = 2; length < gzip.Length; length++)
        {
            UnpackingResult.Failed failed = Fail(gzip[..length]);

            Assert.Equal(length < 10 ? UnpackingFault.Damaged : UnpackingFault.Truncated, failed.Fault);
            Assert.Equal(length < 10 ? 0 : length, failed.Offset);
        }
    }

    [Fact, Rfc(1952, "2.3.1")]
    public void A_wrong_checksum_or_length_is_refused()
    {
        byte[] gzip = Pack.Gzip(Pack.Json);
        byte[] wrongCrc = [.. gzip];
        byte[] wrongMember = [.. gzip, .. gzip];
        wrongCrc[^6] ^= 1;
        wrongMember[gzip.Length - 6] ^= 1;

        UnpackingResult.Failed failed = Fail(wrongCrc);
        Assert.Equal((UnpackingFault.Damaged, gzip.Length - 8L), (failed.Fault, failed.Offset));
        Assert.Equal(failed, Fail(wrongMember));
    }

    [Fact]
    public void Damaging_any_byte_of_a_packed_file_never_throws()
    {
        byte[][] files =
        [
            Pack.Gzip(Pack.Json),
            Pack.Zip(("a.json", Pack.Json), ("b.json.gz", Pack.Gzip(Other))),
            Pack.Base64(Pack.Gzip(Pack.Json)),
        ];
        var random = new Random(1952);
        foreach (byte[] file in files)
        {
            for (int at = 0; at < file.Length; at++)
            {
                byte[] damaged = [.. file];
                damaged[at] ^= (byte)(1 + random.Next(255));
                Assert.NotNull(ReportUnpacking.Unpack(damaged));
                Assert.NotNull(ReportUnpacking.Unpack(file.AsMemory(0, at)));
            }
        }
    }

    [Fact]
    public void All_reports_of_a_zip_archive_are_found_with_their_names()
    {
        UnpackingResult.Unpacked unpacked = Unpack(Pack.Zip(
            ("folder/", []),
            ("folder/one.json", Pack.Json),
            ("read.me", "Hello"u8.ToArray()),
            ("../../two", Pack.Gzip(Other))));

        Assert.Equal(["folder/one.json", "../../two"], unpacked.Reports.Select(report => report.EntryName));
        Assert.Equal(Other, unpacked.Reports[1].Json.ToArray());
        Assert.Equal(
            ["zip-archive", "archive-entry-ignored", "packed-twice"],
            unpacked.Defects.Select(defect => defect.Code));
    }

    [Fact]
    public void Stored_entries_of_a_zip_archive_are_read()
    {
        byte[] zip = Pack.Zip(CompressionLevel.NoCompression, ("a.json", Pack.Json));

        Assert.Equal(Pack.Json, Assert.Single(Unpack(zip).Reports).Json.ToArray());
    }

    [Fact]
    public void One_damaged_entry_of_a_zip_archive_does_not_cost_the_others()
    {
        byte[] zip = Pack.Zip(CompressionLevel.NoCompression, ("a.json", Pack.Json), ("b.json", Other));
        zip[zip.AsSpan().IndexOf(Pack.Json) + 5] ^= 0x20;

        UnpackingResult.Unpacked unpacked = Unpack(zip);

        Assert.Equal("b.json", Assert.Single(unpacked.Reports).EntryName);
        Assert.Contains(unpacked.Defects, defect => defect.Code == "archive-entry-unusable");
    }

    [Fact]
    public void A_zip_archive_without_reports_says_so() =>
        Assert.Equal(UnpackingFault.NotRecognised, Fail(Pack.Zip(("a.txt", "text"u8.ToArray()))).Fault);

    [Fact]
    public void A_zip_archive_without_its_directory_is_truncated()
    {
        byte[] zip = Pack.Zip(("a.json", Pack.Json));

        UnpackingResult.Failed failed = Fail(zip[..^10]);

        Assert.Equal((UnpackingFault.Truncated, (long)zip.Length - 10), (failed.Fault, failed.Offset));
    }

    [Fact]
    public void An_encrypted_entry_is_refused()
    {
        byte[] zip = Pack.Zip(("a.json", Pack.Json));
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;

        Assert.Equal(UnpackingFault.NotSupported, Fail(zip).Fault);
    }

    [Theory, Rfc(4648, "4")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Base64_is_decoded(int more)
    {
        byte[] json = [.. Pack.Json, .. Encoding.ASCII.GetBytes(new string(' ', more))];

        UnpackingResult.Unpacked unpacked = Unpack([.. "\r\n"u8, .. Pack.Base64(Pack.Gzip(json)), .. "\r\n\r\n"u8]);

        Assert.Equal(json, Assert.Single(unpacked.Reports).Json.ToArray());
        Assert.Equal("base64-text", Assert.Single(unpacked.Defects).Code);
        Assert.Equal(json, Assert.Single(Unpack(Pack.Base64(json)).Reports).Json.ToArray());
    }

    [Theory]
    [InlineData("=", "")]
    [InlineData("\r\n", "\r\n> ")]
    [InlineData("\r\n", "!\r\n")]
    [InlineData("=", "=\r\n-- \r\nfooter")]
    public void Faults_of_base64_are_passed_over_and_noted(string piece, string fault)
    {
        byte[] json = Encoding.ASCII.GetBytes($"{{\"x\":\"{new string('y', 92)}\"}}");
        string text = Encoding.ASCII.GetString(Pack.Base64(json));
        Assert.EndsWith("=", text);

        text = text.Replace(piece, fault, StringComparison.Ordinal);
        UnpackingResult.Unpacked unpacked = Unpack(Encoding.ASCII.GetBytes(text));

        Assert.Equal(json, Assert.Single(unpacked.Reports).Json.ToArray());
        Assert.Equal(["base64-text", "base64-faults"], unpacked.Defects.Select(defect => defect.Code));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Utf16_is_turned_into_Utf8(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        UnpackingResult.Unpacked unpacked = Unpack([.. encoding.Preamble, .. encoding.GetBytes("{\"x\":\"\u00FC\"}")]);

        Assert.Equal("{\"x\":\"\u00FC\"}", Encoding.UTF8.GetString(Assert.Single(unpacked.Reports).Json.Span));
        Assert.Equal("utf-16", Assert.Single(unpacked.Defects).Code);
    }

    [Fact]
    public void Layers_are_taken_off_up_to_the_limit()
    {
        byte[] file = Pack.Json;
        for (int layer = 0; layer < ReportLimits.Layers; layer++)
            file = Pack.Gzip(file);

        Assert.Equal(Pack.Json, Assert.Single(Unpack(file).Reports).Json.ToArray());
        Assert.Equal(UnpackingFault.TooManyLayers, Fail(Pack.Gzip(file)).Fault);
    }

    [Theory]
    [InlineData("Dear customer, there is no report here.")]
    [InlineData("<?xml version=\"1.0\"?><feedback/>")]
    [InlineData("%PDF-1.7")]
    [InlineData("====")]
    [InlineData(" \r\n")]
    [InlineData("QUJD")]
    public void Anything_else_is_refused(string text) =>
        Assert.Equal(UnpackingFault.NotRecognised, Fail(Encoding.ASCII.GetBytes(text)).Fault);

    [Fact]
    public void An_empty_file_is_refused() => Assert.Equal(UnpackingFault.Empty, Fail([]).Fault);

    [Fact]
    public void A_file_beyond_the_limit_is_refused_unread()
    {
        UnpackingResult.Failed failed = Fail(new byte[ReportLimits.FileBytes + 1]);

        Assert.Equal((UnpackingFault.TooLong, (long)ReportLimits.FileBytes), (failed.Fault, failed.Offset));
    }

    [Fact]
    public void A_text_of_exactly_the_limit_is_unpacked_and_one_byte_more_is_not()
    {
        byte[] text = new byte[ReportLimits.UnpackedBytes + 1];
        Array.Fill(text, (byte)' ');
        text[0] = (byte)'{';

        Assert.Equal(text[..^1], Assert.Single(Unpack(Pack.Gzip(text[..^1])).Reports).Json.ToArray());
        Assert.Equal(UnpackingFault.TooLarge, Fail(Pack.Gzip(text)).Fault);
    }

    [Fact]
    public void A_bomb_of_a_GiB_is_refused_without_taking_memory()
    {
        byte[] bomb = Pack.GzipOfZeros(1L << 30);
        byte[] inZip = Pack.Zip(CompressionLevel.NoCompression, ("bomb.gz", bomb));
        byte[] twice = Pack.Gzip(bomb);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(UnpackingFault.TooLarge, Fail(bomb).Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);

        Assert.Equal(UnpackingFault.TooLarge, Fail(inZip).Fault);
        Assert.Equal(UnpackingFault.TooLarge, Fail(twice).Fault);
    }

    [Fact]
    public void Many_entries_cannot_pass_the_limit_together()
    {
        byte[] half = new byte[(ReportLimits.UnpackedBytes / 2) + 1];
        half[0] = (byte)'{';

        Assert.Equal(UnpackingFault.TooLarge, Fail(Pack.Zip(("a", half), ("b", half))).Fault);
    }

    [Fact]
    public void The_numbers_of_members_and_entries_are_limited()
    {
        byte[] members = [.. Enumerable.Repeat(Pack.EmptyGzip, 100_000).SelectMany(member => member)];
        IEnumerable<(string, byte[])> entries =
            Enumerable.Range(0, ReportLimits.ArchiveEntries + 1).Select(i => ($"{i}", Pack.Json));

        var clock = Stopwatch.StartNew();
        Assert.Equal(UnpackingFault.TooManyParts, Fail(members).Fault);
        Assert.Equal(UnpackingFault.TooManyParts, Fail(Pack.Zip([.. entries])).Fault);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static UnpackingResult.Unpacked Unpack(byte[] file) =>
        Assert.IsType<UnpackingResult.Unpacked>(ReportUnpacking.Unpack(file));

    private static UnpackingResult.Failed Fail(byte[] file) =>
        Assert.IsType<UnpackingResult.Failed>(ReportUnpacking.Unpack(file));
}
