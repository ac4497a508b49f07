using System.Collections.Immutable;
using Waxseal.Hosting.Control;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard;

/// <summary>What pages and API take from the program they run in.</summary>
/// <param name="Configuration">The configuration as it is now, secrets not shown.</param>
/// <param name="Running">The roles that run.</param>
/// <param name="Parse">What this version makes of a stored report and its bytes, by the configuration as it is now.</param>
internal sealed record DashboardHost(Func<ImmutableArray<string>> Configuration, Func<ImmutableArray<RoleStatus>> Running, Func<StoredReport, byte[], ArrivedReport> Parse);
