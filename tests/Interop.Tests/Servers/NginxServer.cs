using System.Text;
using Interop.Tests.Network;

namespace Interop.Tests.Servers;

/// <summary>nginx: the web server of all policy hosts.</summary>
internal sealed class NginxServer(RunFolder folder)
{
    private readonly StringBuilder _hosts = new();
    private readonly HashSet<string> _addresses = [];

    public IEnumerable<string> Listening => _addresses.Select(address => Addresses.WithPort(address, 443));

    /// <summary>Adds a host. The first at an address also gets the visitors that name no host.</summary>
    /// <param name="host">Its name.</param>
    /// <param name="addresses">Where it listens.</param>
    /// <param name="certificate">The file of its certificate and key.</param>
    /// <param name="policy">The policy that it serves; null for none.</param>
    /// <param name="rule">Further directives.</param>
    public void Add(string host, string[] addresses, string certificate, string? policy, string rule)
    {
        string root = folder.Folder($"www/{host}");
        if (policy is not null)
            File.WriteAllText(Path.Combine(folder.Folder($"www/{host}/.well-known"), "mta-sts.txt"), policy);
        _hosts.Append($$"""
            server {
                {{string.Join(' ', addresses.Select(Listen))}}
                server_name {{host}};
                ssl_certificate {{certificate}};
                ssl_certificate_key {{certificate}};
                ssl_protocols {{(addresses.Contains(Addresses.WebTls13) ? "TLSv1.3" : "TLSv1.2 TLSv1.3")}};
                root {{root}};
                {{rule}}
            }

            """);
    }

    public Server Start(Namespaces namespaces)
    {
        string work = folder.Folder("nginx");
        string configuration = Path.Combine(work, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off;
            worker_processes 1;
            pid {{work}}/nginx.pid;
            error_log stderr warn;
            events { }
            http {
            types { text/plain txt; }
            access_log off;
            server_names_hash_bucket_size 128;
            client_body_temp_path {{work}}/body;
            proxy_temp_path {{work}}/proxy;
            fastcgi_temp_path {{work}}/fastcgi;
            uwsgi_temp_path {{work}}/uwsgi;
            scgi_temp_path {{work}}/scgi;
            {{_hosts}}
            }

            """);
        return Server.Start("nginx", namespaces, "nginx", "-p", work, "-c", configuration, "-e", "stderr");
    }

    private string Listen(string address)
    {
        string isDefault = _addresses.Add(address) ? " default_server" : "";
        string http2 = address is Addresses.WebHttp2 or Addresses.WebHttp26 ? " http2" : "";
        return $"listen {Addresses.WithPort(address, 443)} ssl{http2}{isDefault};";
    }
}
