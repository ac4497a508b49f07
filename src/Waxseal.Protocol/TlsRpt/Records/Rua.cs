using System.Diagnostics.CodeAnalysis;
using System.Text;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.TlsRpt.Records;

/// <summary>Where a policy domain wants its reports: one URI of a TLS-RPT record (RFC 8460 §3).</summary>
public abstract record Rua
{
    private Rua(string text) => Text = text;

    /// <summary>The URI exactly as published, percent-encoding kept; ASCII.</summary>
    public string Text { get; }

    /// <summary>Whether reports can be sent there.</summary>
    public bool IsUsable => this is not Unusable;

    /// <summary>Reads one URI as a TLS-RPT record holds it.</summary>
    /// <param name="text">The text of the URI.</param>
    /// <param name="rua">The destination, maybe an <see cref="Unusable"/> one; null when the text is no URI.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Rua? rua)
    {
        // RFC 8460 §3: commas and semicolons are percent-encoded, for a bare one ends the URI.
        bool isOne = text.Length <= TlsRptRecordReader.MaxLength && text.AsSpan().IndexOfAny(',', ';') < 0;
        rua = isOne ? RuaReader.Read(Encoding.UTF8.GetBytes(text), 0, TlsRptRecordReader.NewProblems()).Rua : null;
        return rua is not null;
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Text;

    /// <summary>Reports go by mail (RFC 6068 §2).</summary>
    /// <param name="Text">The URI exactly as published; its header fields are not used.</param>
    /// <param name="Address">The address, percent-decoded, in the form SMTP needs.</param>
    public sealed record Mailto(string Text, MailAddress Address) : Rua(Text);

    /// <summary>Reports go by POST (RFC 8460 §5.4).</summary>
    /// <param name="Text">The URI exactly as published.</param>
    public sealed record Https(string Text) : Rua(Text);

    /// <summary>A URI that no report can go to: another scheme, or one without a usable address.</summary>
    /// <param name="Text">The URI exactly as published.</param>
    public sealed record Unusable(string Text) : Rua(Text);
}
