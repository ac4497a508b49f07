using System.Text;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Dane.Presentation;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane;

public class TlsaRecordTests
{
    [Fact, Rfc(6698, "2.1")]
    public void The_wire_form_is_three_octets_and_the_data()
    {
        byte[] rdata = [3, 1, 255, 0xAB, 0xCD];

        Assert.True(TlsaRecord.TryParse(rdata, out TlsaRecord? record));
        Assert.Equal(
            new TlsaRecord(TlsaUsage.DaneEe, TlsaSelector.Spki, (TlsaMatchingType)255, [0xAB, 0xCD]), record);
        Assert.Equal(rdata, record.ToRdata());
    }

    [Fact, Rfc(6698, "2.1")]
    public void Less_than_three_octets_are_no_record()
    {
        Assert.False(TlsaRecord.TryParse([3, 1], out _));
        Assert.True(TlsaRecord.TryParse([3, 1, 1], out TlsaRecord? empty));
        Assert.Empty(empty.AssociationData);
    }

    [Fact, Rfc(8460, "4.5")]
    public void Reports_carry_single_spaces_and_unbroken_digits()
    {
        Assert.Equal("3 1 1 0AFF", new TlsaRecord(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256, [10, 255]).ToString());
    }

    [Fact, Rfc(3597, "5")]
    public void A_record_without_data_reads_back_as_it_was_written()
    {
        var record = new TlsaRecord(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256, []);

        Assert.Equal(@"\# 3 030101", record.ToString());
        Assert.Equal(record, TlsaRecordReader.Read(Encoding.ASCII.GetBytes(record.ToString())).Value);
    }

    [Fact]
    public void Records_are_equal_when_their_octets_are()
    {
        var one = new TlsaRecord(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256, [1, 2]);
        var same = new TlsaRecord(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256, [1, 2]);

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, one with { AssociationData = [1, 3] });
        Assert.NotEqual(one, one with { Usage = TlsaUsage.DaneTa });
    }

    [Fact]
    public void Octets_that_are_no_certificate_make_no_record()
    {
        byte[] truncated = TlsaVectors.Certificate("leaf-mx")[..^1].ToArray();

        Assert.False(TlsaRecord.TryCreate(
            TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256, truncated, out _));
    }
}
