namespace Waxseal.Hosting;

/// <summary>How the time for one policy domain is parted among the steps of a look.</summary>
internal static class ProbePatience
{
    private const double StepsInAll = 6;

    // A greeting may take as long where a server delays it on purpose; less patience would be a verdict on ourselves.
    private static readonly TimeSpan LeastForStep = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastForDns = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MostForDns = TimeSpan.FromSeconds(3);

    /// <summary>How long one step of a visit may take.</summary>
    public static TimeSpan Step(TimeSpan inAll)
    {
        TimeSpan part = inAll / StepsInAll;
        TimeSpan most = inAll * 0.8;
        TimeSpan wanted = part > LeastForStep ? part : LeastForStep;
        return wanted < most ? wanted : most;
    }

    /// <summary>How long one question to one name server may take.</summary>
    public static TimeSpan Dns(TimeSpan inAll)
    {
        TimeSpan part = inAll / StepsInAll;
        return part < LeastForDns ? LeastForDns : part > MostForDns ? MostForDns : part;
    }
}
