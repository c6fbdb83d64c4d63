using System.Net.Sockets;
using System.Text;

namespace Touchstone.Tests.Harness.Runs;

/// <summary>A socket in front of the engine's that can be cut, so that an engine goes down for one test alone.</summary>
internal sealed class EngineProxy : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> _open = [];
    private bool _isCut;
    private int _refused;

    public EngineProxy()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(_folder.File("socket")));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public string Endpoint => $"unix://{_folder.File("socket")}";

    /// <summary>Id of a container whose removal the engine then refuses, as one does that waits in it for ever; null for none.</summary>
    public string? Unremovable { get; set; }

    /// <summary>How often it refused.</summary>
    public int Refused => _refused;

    /// <summary>Breaks every connection, and takes none until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        lock (_open)
        {
            _isCut = true;
            _open.ForEach(socket => socket.Dispose());
            _open.Clear();
        }
    }

    public void Mend() => _isCut = false;

    public void Dispose()
    {
        Cut();
        _listener.Dispose();
        _folder.Dispose();
    }

    private bool IsRefused(ReadOnlySpan<byte> request) =>
        Unremovable is { } id && request.StartsWith("DELETE "u8) && request.IndexOf(Encoding.ASCII.GetBytes(id)) > 0;

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                lock (_open)
                {
                    _open.AddRange([client, engine]);
                }

                if (_isCut)
                {
                    Cut();
                    continue;
                }

                await engine.ConnectAsync(new UnixDomainSocketEndPoint("/var/run/docker.sock"));
                _ = PumpAsync(client, engine, isAsking: true);
                _ = PumpAsync(engine, client, isAsking: false);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Disposed: the test has ended.
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAsking)
    {
        var buffer = new byte[64 << 10];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (isAsking && IsRefused(buffer.AsSpan(0, count)))
                {
                    Interlocked.Increment(ref _refused);
                    await from.SendAsync("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 22\r\n\r\n{\"message\":\"it hangs\"}"u8.ToArray());
                    continue;
                }

                await to.SendAsync(buffer.AsMemory(0, count));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
