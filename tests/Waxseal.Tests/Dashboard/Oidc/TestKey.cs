using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Waxseal.Tests.Dashboard.Oidc;

/// <summary>A key that signs tokens, without the library that is to verify them.</summary>
public sealed class TestKey
{
    private readonly Func<byte[], byte[]> _sign;

    private TestKey(string algorithm, JsonObject shown, Func<byte[], byte[]> sign) => (Algorithm, Shown, _sign) = (algorithm, shown, sign);

    public string Algorithm { get; init; }

    /// <summary>What others may see of it.</summary>
    public JsonObject Shown { get; }

    public string Id => (string)Shown["kid"]!;

    public static TestKey New(string algorithm, string id, int bits = 2048) => algorithm switch
    {
        "ES256" => Curve(algorithm, id, ECCurve.NamedCurves.nistP256, "P-256", HashAlgorithmName.SHA256),
        "ES384" => Curve(algorithm, id, ECCurve.NamedCurves.nistP384, "P-384", HashAlgorithmName.SHA384),
        "ES512" => Curve(algorithm, id, ECCurve.NamedCurves.nistP521, "P-521", HashAlgorithmName.SHA512),
        _ => OfRsa(algorithm, id, bits),
    };

    /// <summary>A key of the same name and algorithm that signs otherwise.</summary>
    public TestKey Signing(string algorithm, Func<byte[], byte[]> sign) => new(algorithm, Shown, sign);

    /// <summary>A token.</summary>
    public string Sign(JsonObject claims, Action<JsonObject>? changeHeader = null) => SignText(claims.ToJsonString(), changeHeader);

    public string SignText(string claims, Action<JsonObject>? changeHeader = null)
    {
        JsonObject header = new() { ["alg"] = Algorithm, ["kid"] = Id, ["typ"] = "JWT" };
        changeHeader?.Invoke(header);
        string signed = $"{Encoded(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encoded(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Encoded(_sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static TestKey OfRsa(string algorithm, string id, int bits)
    {
        var key = RSA.Create(bits);
        RSAParameters parameters = key.ExportParameters(false);
        HashAlgorithmName hash = new($"SHA{algorithm[2..]}");
        RSASignaturePadding padding = algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        JsonObject shown = new() { ["kty"] = "RSA", ["kid"] = id, ["use"] = "sig", ["n"] = Encoded(parameters.Modulus!), ["e"] = Encoded(parameters.Exponent!) };
        return new(algorithm, shown, text => key.SignData(text, hash, padding));
    }

    private static TestKey Curve(string algorithm, string id, ECCurve curve, string name, HashAlgorithmName hash)
    {
        var key = ECDsa.Create(curve);
        ECParameters parameters = key.ExportParameters(false);
        JsonObject shown = new() { ["kty"] = "EC", ["crv"] = name, ["kid"] = id, ["use"] = "sig", ["x"] = Encoded(parameters.Q.X!), ["y"] = Encoded(parameters.Q.Y!) };
        return new(algorithm, shown, text => key.SignData(text, hash));
    }

    private static string Encoded(byte[] octets) => Base64Url.EncodeToString(octets);
}
