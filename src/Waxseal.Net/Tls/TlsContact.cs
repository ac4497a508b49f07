using System.Net.Security;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tls;

/// <summary>What came of a handshake.</summary>
/// <param name="Facts">What was seen.</param>
/// <param name="Session">The session, which whoever asked for it closes; null when there is none.</param>
internal sealed record TlsContact(HandshakeFacts Facts, SslStream? Session);
