using Waxseal.Hosting.Sending;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Routes;

/// <summary>A way on which people are told of alerts.</summary>
internal interface IRoute
{
    /// <summary>Its name, under which its messages stand in the database.</summary>
    string Name { get; }

    /// <summary>Where it leads, for people, without secrets.</summary>
    string Place { get; }

    /// <summary>Whether it wants to know of an alert.</summary>
    bool Takes(AlertKey key);

    /// <summary>Sends a notice. What the other side or the network does comes as an answer.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    Task<SendAnswer> SendAsync(Notice notice, CancellationToken cancellationToken);
}
