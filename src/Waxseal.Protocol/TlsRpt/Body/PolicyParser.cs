using System.Collections.Immutable;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt.Defects;

namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>Reads the <c>policy</c> object of an entry of <c>policies</c> (RFC 8460 §4.4).</summary>
internal struct PolicyParser()
{
    private string? _typeText;
    private PolicyType _type = PolicyType.Other;
    private string? _policyDomain;
    private ImmutableArray<string> _policyString = [];
    private ImmutableArray<string> _mxHosts = [];
    private ImmutableArray<string> _misnamedMxHosts = [];

    /// <summary>Reads the object; the counts and failures of the policy are left at nothing.</summary>
    public static ReportPolicy Read(ref ReportCursor cursor)
    {
        var parser = new PolicyParser();
        var seen = new MembersSeen();
        while (cursor.TryReadMember(ReportObject.Policy, ref seen, out ReportMember member))
            parser.ReadMember(member, ref cursor);
        parser.NoteMissing(ref cursor);
        return parser.ToPolicy();
    }

    /// <summary>What is known of the policy of an entry that does not name it.</summary>
    public static ReportPolicy Unknown => new PolicyParser().ToPolicy();

    private void ReadMember(ReportMember member, ref ReportCursor cursor)
    {
        switch (member)
        {
            case ReportMember.PolicyType:
                _typeText = cursor.ReadText();
                _type = TypeOf(_typeText, ref cursor);
                break;
            case ReportMember.PolicyString:
                _policyString = TextListReader.Read(ref cursor);
                break;
            case ReportMember.PolicyDomain:
                _policyDomain = ReadDomain(ref cursor);
                break;
            case ReportMember.MxHost:
                _mxHosts = ReadMxHosts(ref cursor);
                break;
            case ReportMember.MisnamedMxHost:
                cursor.Note(TolerableDefects.MemberMisnamed);
                _misnamedMxHosts = ReadMxHosts(ref cursor);
                break;
        }
    }

    private readonly void NoteMissing(ref ReportCursor cursor)
    {
        if (_typeText is null)
            cursor.NoteMissing(TolerableDefects.PolicyTypeMissing, ReportMember.PolicyType);
        if (_policyDomain is null)
            cursor.NoteMissing(TolerableDefects.PolicyDomainMissing, ReportMember.PolicyDomain);

        // RFC 8460 §4.4: with sts, the MX patterns of the applied policy; a policy of mode none may have none.
        if (_type == PolicyType.Sts && _mxHosts.IsEmpty && _misnamedMxHosts.IsEmpty && NamesMxPatterns(_policyString))
            cursor.NoteMissing(TolerableDefects.MxHostMissing, ReportMember.MxHost);
    }

    private readonly ReportPolicy ToPolicy() => new()
    {
        Type = _type,
        TypeText = _typeText ?? "",
        PolicyString = _policyString,
        PolicyDomain = _policyDomain,
        MxHosts = _mxHosts.IsEmpty ? _misnamedMxHosts : _mxHosts,
        SuccessfulSessions = 0,
        FailedSessions = 0,
    };

    /// <summary>Whether there is an <c>mx</c> field among the lines of a policy (RFC 8461 §3.2).</summary>
    internal static bool NamesMxPatterns(ImmutableArray<string> policyString) =>
        policyString.Any(line => line.StartsWith("mx:", StringComparison.Ordinal)
            || line.StartsWith("mx :", StringComparison.Ordinal));

    private static PolicyType TypeOf(string? word, ref ReportCursor cursor)
    {
        if (word is null)
            return PolicyType.Other;

        PolicyType type = PolicyTypes.FromWord(word);
        if (type != PolicyType.Other)
            return type;

        // RFC 8460 §4.4: three words, in lower case. Deviation: another case is read as the word meant
        // (corpus/reports/types-in-capitals.json).
        type = PolicyTypes.FromWord(word.ToLowerInvariant());
        cursor.Note(type == PolicyType.Other ? TolerableDefects.PolicyTypeUnknown : TolerableDefects.PolicyTypeCase);
        return type;
    }

    // RFC 8460 §4.4: in A-labels. Deviation: every way of writing a name is read as the name meant, and what is no name
    // is kept, so that one bad name does not cost the report (corpus/reports/policy-domain-forms.json).
    private static string? ReadDomain(ref ReportCursor cursor)
    {
        string? text = cursor.ReadText();
        if (text is null)
            return null;

        if (!DomainName.TryParse(text, out DomainName? name, out _))
        {
            cursor.Note(TolerableDefects.PolicyDomainInvalid);
            return text.ToLowerInvariant();
        }

        if (text.EndsWith('.'))
            cursor.Note(TolerableDefects.PolicyDomainRootDot);
        if (!System.Text.Ascii.IsValid(text))
            cursor.Note(TolerableDefects.PolicyDomainULabel);
        else if (text.AsSpan().ContainsAnyInRange('A', 'Z'))
            cursor.Note(TolerableDefects.PolicyDomainCase);
        return name.Value;
    }

    // Deviation: "mx:" before a pattern is dropped, as it was seen in the field (corpus/reports/mx-host-prefix.json).
    private static ImmutableArray<string> ReadMxHosts(ref ReportCursor cursor)
    {
        const string Prefix = "mx:";

        ImmutableArray<string> hosts = TextListReader.Read(ref cursor);
        if (!hosts.Any(host => host.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
            return hosts;

        cursor.Note(TolerableDefects.MxHostPrefix);
        return
        [
            .. from host in hosts
               let isPrefixed = host.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
               select isPrefixed ? host[Prefix.Length..].Trim(' ', '\t') : host,
        ];
    }
}
