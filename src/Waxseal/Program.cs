using System.CommandLine;

RootCommand root = new("Looks after the TLS of mail in transit: MTA-STS, TLS reports, DANE.");
return root.Parse(args).Invoke();
