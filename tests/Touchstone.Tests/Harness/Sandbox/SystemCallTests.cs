using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Harness.Sandbox;

/// <summary>
/// What the kernel answers to single calls in the sandbox, tried by a program of two hundred bytes for x86-64 that makes the call
/// of its arguments and exits with the error's number, 0 for none.
/// </summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
[SupportedOSPlatform("linux")]
public sealed class SystemCallTests(EngineFixture plain, RemappedEngine remapped, PodmanEngine podman)
    : IClassFixture<RemappedEngine>, IClassFixture<PodmanEngine>
{
    private const int Refused = 1; // EPERM
    private const int NotThere = 38; // ENOSYS
    private const int BySigsys = 128 + 31;
    private const int BySigsegv = 128 + 11;

    /// <summary>
    /// Reads the arguments after its name as decimal numbers into seven words on the stack, loads them into rax, rdi, rsi, rdx, r10,
    /// r8 and r9, makes the call, and ends with its negated answer where that is below zero.
    /// </summary>
    private const string Caller =
        "4989e44983c4104c8d6c24c04d89eeb90700000049c706000000004983c608ffc975f14d89ee498b34244885f6742531c00fb61684d2740f80ea30486bc00a"
        + "4801d048ffc6ebea4989064983c6084983c408ebd2498b4500498b7d08498b7510498b55184d8b55204d8b45284d8b4d304881ec800000000f0531ff4885c0"
        + "79064889c748f7dfb8e70000000f05";

    /// <summary><c>mov eax, 1; xor ebx, ebx; int 0x80; hlt</c>: the exit of 32-bit programs.</summary>
    private const string Caller32 = "b80100000031dbcd80f4";

    private static readonly (string Call, string Arguments, int[] Answers)[] Calls =
    [
        ("io_uring_setup", "425 1 0", [Refused]),
        ("io_uring_enter", "426 99 0 0 0 0 0", [Refused]),
        ("io_uring_register", "427 99 0 0 0", [Refused]),
        ("io_setup", "206 1 0", [Refused]),
        ("io_submit", "209 0 0 0", [Refused]),
        ("mincore", "27 0 0 0", [Refused]),
        ("cachestat", "451 99 0 0 0", [Refused, NotThere]),
        ("preadv2 of cached pages alone", "327 99 0 0 0 0 8", [Refused]),
        ("preadv2 of cached pages, with others", "327 99 0 0 0 0 9", [Refused]),
        ("memfd_secret", "447 0", [Refused, NotThere]),
        ("keyctl", "250 0 4294967293 0", [Refused]),
        ("add_key", "248 0 0 0 0 0", [Refused]),
        ("request_key", "249 0 0 0 0", [Refused]),
        ("userfaultfd", "323 1", [Refused]),
        ("perf_event_open", "298 0 0 4294967295 4294967295 0", [Refused]),
        ("bpf", "321 0 0 0", [Refused]),
        ("modify_ldt", "154 0 0 0", [Refused]),
        ("clone with a user namespace", "56 268435473 0", [Refused]),
        ("clone with a network namespace", "56 1073741841 0", [Refused]),
        ("clone3", "435 0 0", [NotThere]),
        ("unshare of users", "272 268435456", [Refused]),
        ("setns", "308 99 0", [Refused]),
        ("socket AF_VSOCK", "41 40 1 0", [Refused]),
        ("socket AF_VSOCK, upper half set", "41 4294967336 1 0", [Refused]),
        ("socket AF_PACKET", "41 17 3 0", [Refused]),
        ("socket AF_ALG", "41 38 5 0", [Refused]),
        ("socket AF_BLUETOOTH", "41 31 3 0", [Refused]),
        ("socket AF_TIPC", "41 30 2 0", [Refused]),
        ("socket AF_KEY", "41 15 3 2", [Refused]),
        ("socket AF_RDS", "41 21 5 0", [Refused]),
        ("socket of echo requests", "41 2 2 1", [Refused]),
        ("socket of echo requests, IPv6", "41 10 2 58", [Refused]),
        ("socket of MPTCP", "41 2 1 262", [Refused]),
        ("socket of SCTP", "41 2 1 132", [Refused]),
        ("socket of UDP-Lite, IPv6", "41 10 2 136", [Refused]),
        ("setrlimit of cores", "160 4 0", [Refused]),
        ("setrlimit of cores, upper half set", "160 4294967300 0", [Refused]),
        ("prlimit64 of cores", "302 0 4 1 0", [Refused]),
        ("netlink of audit", "41 16 3 9", [Refused]),
        ("netlink of netfilter", "41 16 3 12", [Refused]),
        ("netlink of uevents", "41 16 3 15", [Refused]),
        ("netlink of ciphers", "41 16 3 21", [Refused]),
        ("personality without randomised addresses", "135 262144", [Refused]),

        // What programs need
        ("socket AF_UNIX", "41 1 1 0", [0]),
        ("socket AF_INET", "41 2 1 0", [0]),
        ("setrlimit of files", "160 7 0", [14]), // EFAULT
        ("prlimit64 of address space", "302 0 9 1 0", [14]),
        ("prlimit64 of cores, asked", "302 0 4 0 0", [0]),
        ("socket of TCP", "41 2 1 6", [0]),
        ("socket of UDP", "41 2 2 17", [0]),
        ("socket AF_INET6", "41 10 1 0", [0, 97]), // EAFNOSUPPORT
        ("netlink of routes", "41 16 3 0", [0]),
        ("clone as fork does", "56 17 0", [0]),
        ("preadv2", "327 99 0 0 0 0 0", [9]), // EBADF
        ("memfd_create", "319 0 0", [14]), // EFAULT
        ("membarrier", "324 0 0", [0]),
        ("getpid", "39", [0]),
        ("personality", "135 4294967295", [0]),
    ];

    [Theory]
    [InlineData("plain")]
    [InlineData("remapped")]
    [InlineData("podman")]
    public async Task Run_SystemCalls_AreAnsweredAsTheProfileSays(string engine)
    {
        Assert.Equal(Architecture.X64, RuntimeInformation.ProcessArchitecture);
        var fixture = engine switch { "plain" => plain, "remapped" => remapped.Fixture, _ => podman.Fixture };
        var script = new StringBuilder("cd /bin\n");
        foreach (var (_, arguments, _) in Calls)
        {
            script.Append(CultureInfo.InvariantCulture, $"./caller {arguments} > /dev/null 2>&1; echo $?\n");
        }

        script.Append("./caller32 > /dev/null 2>&1; echo $?\n");

        var answers = (await PrintedAsync(fixture, script.ToString())).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(
            Calls.Select(one => $"{one.Call}: {string.Join(" or ", one.Answers)}"),
            Calls.Select((one, i) => one.Answers.Contains(int.Parse(answers[i], CultureInfo.InvariantCulture))
                ? $"{one.Call}: {string.Join(" or ", one.Answers)}" : $"{one.Call}: {answers[i]}"));

        // By the filter where the kernel runs 32-bit programs, and by the kernel where it runs none.
        Assert.Contains(int.Parse(answers[Calls.Length], CultureInfo.InvariantCulture), new[] { BySigsys, BySigsegv });
    }

    private static async Task<string> PrintedAsync(EngineFixture fixture, string script)
    {
        var workspace = Workspace.Open(fixture.NewPath("workspace"));
        var archive = fixture.NewPath("image.tar");
        await File.WriteAllBytesAsync(archive, new TestImage
        {
            Files = new Dictionary<string, byte[]>
            {
                ["bin/caller"] = Program(Caller),
                ["bin/caller32"] = Program(Caller32),
                ["workspace/calls.sh"] = Encoding.ASCII.GetBytes(script),
            },
        }.Build());
        var image = await new ImageIntake(fixture.Engine).AcceptAsync(archive, 1L << 30);
        try
        {
            var submission = fixture.Submission(Participant.Named("well-behaved")) with
            {
                Image = image.Digest,
                Source = image.Source,
                Command = ["/bin/sh", "calls.sh"],
            };
            var result = await fixture.RunAsync(workspace, submission, EngineFixture.Challenge);
            Assert.Equal((Ending.OutputMissing, 0), (result.Ending, result.ExitCode));
            return File.ReadAllText(Path.Combine(
                workspace.CasePath(result.Entry.Id, result.Case.Dataset, result.Case.Case), "container.log"));
        }
        finally
        {
            await fixture.Engine.RemoveImageAsync(image.Digest.Value);
        }
    }

    /// <summary>The holder's file with another program in it.</summary>
    private static byte[] Program(string code)
    {
        const int headers = 120;
        byte[] file = [.. Touchstone.Harness.Sandbox.HolderImage.Program("amd64").AsSpan(0, headers), .. Convert.FromHexString(code)];
        BitConverter.TryWriteBytes(file.AsSpan(64 + 32), (ulong)file.Length);
        BitConverter.TryWriteBytes(file.AsSpan(64 + 40), (ulong)file.Length);
        return file;
    }
}
