using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace Waxseal.ReportIntake.Authenticity;

/// <summary>
/// MimeKit's check of a signature in its two steps, so that the one that needs no key comes before DNS is asked. The tags are
/// those that were judged, and are not read a second time by other rules.
/// </summary>
internal sealed class SignatureVerifier() : DkimVerifierBase(new KeyAtHand())
{
    // RFC 6376 §5.3: what is signed ends its lines with CR LF.
    private static readonly FormatOptions WithCrLf = new() { NewLineFormat = NewLineFormat.Dos };

    private const int WholeBody = -1;

    /// <summary>Whether the body is the one that was signed.</summary>
    public static bool BodyHolds(SignedMail mail, DkimSignature signature) =>
        VerifyBodyHash(WithCrLf, mail.Message, signature.Algorithm, signature.BodyForm, WholeBody, signature.BodyHash);

    /// <summary>Whether the fields are those that were signed with the key.</summary>
    public bool HeaderHolds(SignedMail mail, DkimSignature signature, DkimKey key)
    {
        try
        {
            return VerifySignature(WithCrLf, mail.Message, signature.Field, signature.Algorithm, key.Key, [.. signature.Names], signature.HeaderForm, signature.Value);
        }
        catch (FormatException)
        {
            // MimeKit does not find the signature in its own field.
            return false;
        }
    }

    /// <summary>What the base class wants; the key is at hand before it could ask.</summary>
    private sealed class KeyAtHand : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
