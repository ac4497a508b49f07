using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Waxseal.Net.Dns;

namespace Waxseal.Lab.Signing;

/// <summary>A key pair of a laboratory zone, with what DNS says of it.</summary>
internal sealed class LabKey
{
    /// <summary>The flags of a key that signs records.</summary>
    public const ushort ZoneKey = 256;

    /// <summary>The flags of a key that a DS record names.</summary>
    public const ushort EntryKey = 257;

    private readonly Func<byte[], byte[]> _sign;

    private LabKey(ushort flags, byte algorithm, byte[] publicKey, Func<byte[], byte[]> sign)
    {
        Algorithm = algorithm;
        Data = [(byte)(flags >> 8), (byte)flags, 3, algorithm, .. publicKey];
        _sign = sign;
    }

    public byte Algorithm { get; }

    /// <summary>The data of its DNSKEY record.</summary>
    public byte[] Data { get; }

    public ushort Tag => TagOf(Data);

    public byte[] Sign(byte[] text) => _sign(text);

    /// <summary>The data of a DS record for it.</summary>
    public byte[] Ds(DnsName zone, byte digestType = 2) =>
        [(byte)(Tag >> 8), (byte)Tag, Algorithm, digestType, .. Digest([.. zone.Wire, .. Data], digestType)];

    /// <summary>A key for ECDSA P-256 with SHA-256.</summary>
    public static LabKey P256(ushort flags = ZoneKey) => OnCurve(flags, 13, ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256);

    /// <summary>A key for ECDSA P-384 with SHA-384.</summary>
    public static LabKey P384(ushort flags = ZoneKey) => OnCurve(flags, 14, ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384);

    /// <summary>A key for RSA: algorithm 5 or 7 with SHA-1, 8 with SHA-256, 10 with SHA-512.</summary>
    [SuppressMessage("Security", "CA5385", Justification = "Short keys are made faster.")]
    public static LabKey Rsa(byte algorithm, ushort flags = ZoneKey)
    {
        var rsa = RSA.Create(1024);
        RSAParameters parameters = rsa.ExportParameters(false);
        HashAlgorithmName hash = algorithm switch
        {
            8 => HashAlgorithmName.SHA256,
            10 => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA1,
        };
        byte[] key = [(byte)parameters.Exponent!.Length, .. parameters.Exponent, .. parameters.Modulus!];
        return new LabKey(flags, algorithm, key, text => rsa.SignData(text, hash, RSASignaturePadding.Pkcs1));
    }

    /// <summary>A key whose signatures are noise, for any algorithm.</summary>
    public static LabKey Fake(byte algorithm, byte[] publicKey, ushort flags = ZoneKey) =>
        new(flags, algorithm, publicKey, _ => new byte[64]);

    /// <summary>A key for ECDSA P-256, and others without a private key that have its tag.</summary>
    public static LabKey Colliding(int count, out LabKey[] others)
    {
        LabKey key = P256();
        others =
        [
            .. Enumerable.Range(1, count).Select(i =>
            {
                // What one pair of octets gains, another loses, so the sum is the same.
                byte[] twin = [.. key.Data[4..]];
                ushort first = BinaryPrimitives.ReadUInt16BigEndian(twin);
                ushort second = BinaryPrimitives.ReadUInt16BigEndian(twin.AsSpan(2));
                int gain = second >= i && first <= ushort.MaxValue - i ? i : -i;
                BinaryPrimitives.WriteUInt16BigEndian(twin, (ushort)(first + gain));
                BinaryPrimitives.WriteUInt16BigEndian(twin.AsSpan(2), (ushort)(second - gain));
                return Fake(key.Algorithm, twin);
            }),
        ];
        return key;
    }

    private static LabKey OnCurve(ushort flags, byte algorithm, ECCurve curve, HashAlgorithmName hash)
    {
        var key = ECDsa.Create(curve);
        ECPoint point = key.ExportParameters(false).Q;
        return new LabKey(flags, algorithm, [.. point.X!, .. point.Y!], text => key.SignData(text, hash));
    }

    [SuppressMessage("Security", "CA5350", Justification = "There are DS records with SHA-1.")]
    private static byte[] Digest(byte[] text, byte type) => type switch
    {
        1 => SHA1.HashData(text),
        4 => SHA384.HashData(text),
        _ => SHA256.HashData(text),
    };

    private static ushort TagOf(byte[] data)
    {
        byte[] even = [.. data, .. new byte[data.Length % 2]];
        long sum = 0;
        for (int i = 0; i < even.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(even.AsSpan(i));
        return (ushort)(sum + (sum >> 16));
    }
}
