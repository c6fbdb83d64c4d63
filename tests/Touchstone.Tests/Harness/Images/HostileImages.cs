using System.Formats.Tar;
using System.Text;

namespace Touchstone.Tests.Harness.Images;

/// <summary>
/// Images whose archives are in order, and which an engine cannot run or would open what it must not, with words of the refusal.
/// </summary>
public static class HostileImages
{
    private static readonly Dictionary<string, (Func<TestImage> Build, string Words)> All = new()
    {
        ["names of users in a device"] = (() => With(Link("etc/passwd", "/dev/zero")), "/etc/passwd"),
        ["names of groups in a device, by other links"] = (() => With(Link("etc/group", "../opt/a"), Link("opt/a", "b"), Link("opt/b", "../dev/zero")), "/etc/group"),
        ["names of users in the kernel's files"] = (() => With(Link("etc/passwd", "/proc/self/environ")), "/etc/passwd"),
        ["names of groups in the output"] = (() => With(Link("etc/group", "/workspace/outputs/group")), "/etc/group"),
        ["names of groups in a volume"] = (() => With(Link("etc/group", "/data/group")) with { Volumes = ["/data"] }, "/etc/group"),
        ["folder of names of users"] = (() => With(new PaxTarEntry(TarEntryType.Directory, "etc/passwd/")), "/etc/passwd"),
        ["links in a circle"] = (() => With(Link("etc/passwd", "group"), Link("etc/group", "passwd")), ""),
        ["line that no reader takes"] = (() => With(TestImage.File("etc/group", [.. "x:x:1:"u8, .. Letters(100_000), .. "\n"u8])), "/etc/group"),
        ["two megabytes of users"] = (() => With(TestImage.File("etc/passwd", Lines(2 << 20))), "/etc/passwd"),
        ["the last layer wins"] = (() => With(TestImage.File("etc/passwd", Lines(100))) with { MoreLayers = [HostileArchives.Tar(TestImage.File("etc/passwd", Lines(100))), HostileArchives.Tar(Link("etc/passwd", "/dev/zero"))] }, "/etc/passwd"),
        ["volume behind a link"] = (() => With(Link("data", "/sys/fs/cgroup")) with { Volumes = ["/data"] }, "/data"),
        ["volume behind a link's folder"] = (() => With(Link("data", "/proc")) with { Volumes = ["/data/self"] }, "/data/self"),
        ["output behind a link"] = (() => With(Link("workspace", "/proc")), "/workspace"),
        ["temporary folder behind a link"] = (() => With(Link("tmp", "/workspace/outputs")), "/tmp"),
        ["file in place of the workspace"] = (() => With(TestImage.File("workspace", [1])), "/workspace"),
        ["second name of a device"] = (() => With(
            new PaxTarEntry(TarEntryType.Directory, "dev/"), HostileArchives.Pipe("dev/pipe"),
            new PaxTarEntry(TarEntryType.HardLink, "srv/pipe") { LinkName = "dev/pipe" }), "/srv/pipe"),
        ["device below a link"] = (() => With(
            new PaxTarEntry(TarEntryType.Directory, "srv/"), new PaxTarEntry(TarEntryType.Directory, "dev/"), Link("dev/x", "../srv"),
            HostileArchives.Pipe("dev/x/pipe")), "/srv/pipe"),

        ["128 layers"] = (() => new TestImage { MoreLayers = [.. Enumerable.Range(0, 127).Select(i => HostileArchives.Tar(TestImage.File($"l{i}", [1])))] }, "128 layers"),
        ["variable without a name"] = (() => new TestImage { Environment = ["PATH=/bin", "=x"] }, "=x"),
        ["variable without a value"] = (() => new TestImage { Environment = ["PATH=/bin", "NAME"] }, "NAME"),
        ["variable with an end in it"] = (() => new TestImage { Environment = ["PATH=/bin", "A=b\0c"] }, "environment variable"),
        ["100,000 variables"] = (() => new TestImage { Environment = [.. Enumerable.Range(0, 100_000).Select(i => $"V{i}=1")] }, "100000"),
        ["a variable of a megabyte"] = (() => new TestImage { Environment = [$"A={new string('a', 1 << 20)}"] }, "64 KiB"),
        ["second name of nothing"] = (() => With(new PaxTarEntry(TarEntryType.HardLink, "a") { LinkName = "gone" }), "engine"),
        ["second name of nothing, called a full disk"] = (() => With(new PaxTarEntry(TarEntryType.HardLink, "a") { LinkName = "gone: no space left on device" }), "engine"),
        ["workspace behind a file, called a full disk"] = (() => With(
            new PaxTarEntry(TarEntryType.Directory, "no space left on device/"), TestImage.File("no space left on device/f", [1]),
            Link("workspace", "/no space left on device/f/x")), "engine"),
        ["whiteout that leads out"] = (() => With(TestImage.File("a/.wh...", [])), "engine"),
        ["attribute that no file system takes"] = (() => With(Attribute("security.capability", "\u0001nonsense")), "engine"),
        ["system that does not run here"] = (() => new TestImage { Configuration = text => text.Replace("\"os\":\"linux\"", "\"os\":\"windows\"", StringComparison.Ordinal) }, "windows"),
        ["label of this program's containers"] = (() => new TestImage { Configuration = text => text.Replace("\"Entrypoint\"", "\"Labels\":{\"touchstone.trial\":\"yes\"},\"Entrypoint\"", StringComparison.Ordinal) }, "touchstone.trial"),
        ["shell that is a link to itself"] = (() => With(Link("bin/bash", "bash")), "engine"),
        ["shell in a circle of links"] = (() => With(Link("bin/bash", "../opt/bash"), Link("opt/bash", "../bin/bash")), "engine"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    internal static (TestImage Image, string Words) Named(string name)
    {
        var (build, words) = All[name];
        var image = build();

        // An image that no engine has, so that it is seen whether it stays.
        return (image with { Files = new Dictionary<string, byte[]> { ["id"] = Guid.NewGuid().ToByteArray() } }, words);
    }

    internal static PaxTarEntry Link(string path, string target) => new(TarEntryType.SymbolicLink, path) { LinkName = target };

    internal static TestImage With(params TarEntry[] entries) => new() { MoreLayers = [HostileArchives.Tar(entries)] };

    private static byte[] Letters(int count) => [.. Enumerable.Repeat((byte)'a', count)];

    private static byte[] Lines(int bytes) => [.. Enumerable.Repeat(Encoding.ASCII.GetBytes("a:x:1:1::/:/\n"), bytes / 13).SelectMany(line => line)];

    private static PaxTarEntry Attribute(string name, string value) =>
        new(TarEntryType.RegularFile, "file", new Dictionary<string, string> { [$"SCHILY.xattr.{name}"] = value })
        {
            DataStream = new MemoryStream([1]),
        };
}
