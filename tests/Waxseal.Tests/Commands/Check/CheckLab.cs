using Waxseal.Lab;

namespace Waxseal.Tests.Commands.Check;

/// <summary>Runs the command in the laboratory.</summary>
internal static class CheckLab
{
    public static async Task<Outcome> RunAsync(LabWorld world, params string[] arguments)
    {
        string roots = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(roots, LabCertificates.Authority.ExportCertificatePem());
            return await CommandRun.Of(
            [
                "check", "--no-mx", "--resolver", world.Options.Resolvers[0].ToString(), "--ca-file", roots,
                "--allow-address", "127.0.0.0/8", "--allow-address", "::1",
                "--ports", $"{world.Options.DnsPort},{world.Options.HttpsPort},{world.Options.SmtpPort}", .. arguments.Contains("--timeout") ? [] : (string[])["--timeout", "20"], .. arguments,
            ]);
        }
        finally
        {
            File.Delete(roots);
        }
    }
}
