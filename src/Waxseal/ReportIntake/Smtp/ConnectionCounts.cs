using System.Net;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>How many connections there are: in all, and from each address.</summary>
/// <param name="most">Most in all.</param>
/// <param name="mostPerSource">Most from one address (a /64 of IPv6).</param>
internal sealed class ConnectionCounts(long most, long mostPerSource)
{
    private readonly Lock _counting = new();
    private readonly Dictionary<IPAddress, int> _bySource = [];
    private long _all;

    /// <summary>Counts a connection that begins, unless it is one too many; gives why it is.</summary>
    public Reply? Begin(IPAddress? source)
    {
        lock (_counting)
        {
            if (_all >= most)
                return Reply.TooManyConnections;
            if (source is not null)
            {
                IPAddress network = RateLimits.NetworkOf(source);
                int count = _bySource.GetValueOrDefault(network);
                if (count >= mostPerSource)
                    return Reply.TooManyFromThere;
                _bySource[network] = count + 1;
            }

            _all++;
            return null;
        }
    }

    /// <summary>Counts a connection that ended.</summary>
    public void End(IPAddress? source)
    {
        lock (_counting)
        {
            _all--;
            if (source is null)
                return;
            IPAddress network = RateLimits.NetworkOf(source);
            if (--_bySource[network] == 0)
                _bySource.Remove(network);
        }
    }
}
