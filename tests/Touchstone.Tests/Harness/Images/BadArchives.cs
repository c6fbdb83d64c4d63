using System.Formats.Tar;
using System.Text;
using Touchstone.Harness.Engine;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Images;

/// <summary>Archives that intake must refuse, by what is wrong with them, with the fault and words of the refusal.</summary>
public static class BadArchives
{
    private const SubmissionFault Invalid = SubmissionFault.ArchiveInvalid;
    private const SubmissionFault Refused = SubmissionFault.ImageConfigurationRefused;

    private static readonly Dictionary<string, (Func<byte[]> Build, SubmissionFault Fault, string Words)> All = new()
    {
        ["not a tar"] = (() => Encoding.ASCII.GetBytes(new string('x', 2048)), Invalid, "docker save"),
        ["empty"] = (() => [], Invalid, "is empty"),
        ["cut short"] = (() => new TestImage().Build()[..100_000], Invalid, "ends in the middle"),
        ["gzip cut short"] = (() => TestImage.Gzip(new TestImage().Build())[..100_000], Invalid, ""),
        ["no manifest"] = (() => With(entries => entries.Take(3)), Invalid, "no manifest.json"),
        ["manifest unreadable"] = (() => Manifest("[{\"Config\":7}]"), Invalid, "manifest.json is not readable"),
        ["no image"] = (() => Manifest("[]"), Invalid, "no image"),
        ["two images"] = (TwoImages, Invalid, "2 images"),
        ["no configuration"] = (() => With(entries => entries.Where((_, index) => index != 2)), Invalid, "configuration"),
        ["no layer"] = (() => With(entries => entries.Where((_, index) => index != 1)), Invalid, "Layer 1 of 1 is missing"),
        ["another layer"] = (() => With(OtherLayer), Invalid, "not the one that the configuration names"),
        ["path leading out"] = (() => With(entries => [.. entries, TestImage.File("../evil", [1])]), Invalid, "path that leads out"),
        ["absolute path"] = (() => With(entries => [.. entries, TestImage.File("/etc/evil", [1])]), Invalid, "path that leads out"),
        ["link leading out"] = (() => With(entries => [.. entries, Link("base/evil", "../../etc/shadow")]), Invalid, "link that leads out"),
        ["absolute link"] = (() => With(entries => [.. entries, Link("base/evil", "/etc/shadow")]), Invalid, "link that leads out"),
        ["layer is a link to nothing"] = (LinkedLayer, Invalid, "Layer 1 of 1 is missing"),
        ["device"] = (() => With(entries => [.. entries, new PaxTarEntry(TarEntryType.BlockDevice, "disk")]), Invalid, "device"),
        ["one path twice"] = (() => With(entries => [.. entries, TestImage.File("manifest.json", "[]"u8.ToArray())]), Invalid, "twice"),
        ["sparse layer"] = (() => new TestImage { Layer = _ => SparseLayer() }.Build(), Invalid, "sparse"),
        ["layer behind its end mark"] = (() => new TestImage { Layer = layer => [.. layer, .. layer] }.Build(), Invalid, "behind its end"),
        ["layer is no tar"] = (() => new TestImage { Layer = _ => new byte[1024].Select(_ => (byte)7).ToArray() }.Build(), Invalid, "Layer 1"),
        ["too large"] = (() => Bomb(compressedLayer: false), SubmissionFault.ImageTooLarge, "64 MiB"),
        ["compressed bomb"] = (() => Bomb(compressedLayer: true), SubmissionFault.ImageTooLarge, "64 MiB"),
        ["other processor"] = (() => new TestImage { Architecture = "s390x" }.Build(), SubmissionFault.WrongArchitecture, "s390x"),
        ["volume over the workspace"] = (() => new TestImage { Volumes = ["/workspace/"] }.Build(), Refused, "volume"),
        ["volume over everything"] = (() => new TestImage { Volumes = ["/"] }.Build(), Refused, "volume"),
        ["volume in the output"] = (() => new TestImage { Volumes = ["/workspace/outputs/x"] }.Build(), Refused, "volume"),
        ["volume of the kernel's"] = (() => new TestImage { Volumes = ["/proc/1"] }.Build(), Refused, "volume"),
        ["volume with options"] = (() => new TestImage { Volumes = ["/x:exec"] }.Build(), Refused, "volume"),
        ["volume leading out"] = (() => new TestImage { Volumes = ["/x/../proc"] }.Build(), Refused, "volume"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static (byte[] Archive, SubmissionFault Fault, string Words) Build(string name) =>
        (All[name].Build(), All[name].Fault, All[name].Words);

    private static byte[] With(Func<List<TarEntry>, IEnumerable<TarEntry>> entries) => new TestImage { Entries = entries }.Build();

    private static byte[] Manifest(string text) =>
        With(entries => [.. entries.Take(3), TestImage.File("manifest.json", Encoding.UTF8.GetBytes(text))]);

    private static byte[] TwoImages() => With(entries =>
    {
        var one = Encoding.UTF8.GetString(((MemoryStream)entries[3].DataStream!).ToArray())[1..^1];
        return [.. entries.Take(3), TestImage.File("manifest.json", Encoding.UTF8.GetBytes($"[{one},{one}]"))];
    });

    private static IEnumerable<TarEntry> OtherLayer(List<TarEntry> entries) =>
        [TestImage.File("base/layer.tar", TestImage.Tar([TestImage.File("other", [1])])), .. entries.Skip(2)];

    private static byte[] LinkedLayer() => With(entries => [Link("base/layer.tar", "../gone/layer.tar"), .. entries.Skip(2)]);

    private static PaxTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    private static byte[] Bomb(bool compressedLayer) => new TestImage
    {
        CompressedLayer = compressedLayer,
        Files = new Dictionary<string, byte[]> { ["zeros"] = new byte[80 << 20] },
    }.Build();

    /// <summary>One header of the old GNU kind that unpacks to a terabyte of zeros.</summary>
    private static byte[] SparseLayer() => [.. TarHeader.Write("huge", 0, 0x1a4, 'S'), .. new byte[1024]];
}
