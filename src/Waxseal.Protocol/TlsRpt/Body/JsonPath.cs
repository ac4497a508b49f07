using System.Text;

namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>The way from the outermost object to the cursor, put into words only when a defect is met.</summary>
internal sealed class JsonPath
{
    private readonly Step[] _steps = new Step[ReportLimits.Depth];
    private int _length;

    /// <summary>Goes to a member of the object at a depth from 1.</summary>
    public void Enter(int depth, ReportMember member, string? unknownName) =>
        Enter(depth, new Step(member, unknownName, 0));

    /// <summary>Goes to an element of the array at a depth from 1.</summary>
    public void Enter(int depth, int index) => Enter(depth, new Step(ReportMember.Unknown, null, index));

    /// <summary>The JSON pointer (RFC 6901 §3) of the value at a depth; within what is passed over, that of the whole.</summary>
    public string ToPointer(int depth)
    {
        var pointer = new StringBuilder();
        foreach (Step step in _steps.AsSpan(0, Math.Min(depth, _length)))
            pointer.Append('/').Append(step);
        return pointer.ToString();
    }

    private void Enter(int depth, Step step)
    {
        _length = depth;
        _steps[depth - 1] = step;
    }

    /// <summary>A member, known or not, or the index of an element.</summary>
    private readonly record struct Step(ReportMember Member, string? UnknownName, int Index)
    {
        // RFC 6901 §3: "~" and "/" are escaped.
        public override string ToString() => Member != ReportMember.Unknown
            ? ReportMembers.Name(Member)
            : UnknownName?.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
                ?? $"{Index}";
    }
}
