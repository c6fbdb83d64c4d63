using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Replay;
using Touchstone.Harness.Sandbox;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Sandbox;

/// <summary>The whole policy of the sandbox, as it is sent to the engine.</summary>
public sealed class SandboxProfileTests
{
    [Fact]
    public void Case_OfAPlainImage_IsTheWrittenPolicy() =>
        Golden.Check("sandbox-case.json", Text(SandboxProfile.Case(Run()), Json.ContainerRequest));

    [Fact]
    public void Case_OfAnImageThatWantsMore_GetsNoMore() =>
        Golden.Check("sandbox-case-demanding-image.json", Text(
            SandboxProfile.Case(Run() with
            {
                ImageEnvironment =
                [
                    "PATH=/opt/bin:/bin", "LD_PRELOAD=./evil.so", "LD_AUDIT=x", "LD_LIBRARY_PATH=/opt/lib::./lib:/a/../b:/proc/self/cwd/lib:/./proc/1/cwd://dev/fd/3:/usr/lib",
                    "NVIDIA_VISIBLE_DEVICES=all", "NVIDIA_DRIVER_CAPABILITIES=all", "HOME=/root",
                ],
                ImageVolumes = ["/data", "/workspace/outputs/", "/tmp/"],
            }),
            Json.ContainerRequest));

    [Fact]
    public void Case_ThatAsksForAGpu_GetsOne() =>
        Golden.Check("sandbox-case-gpu.json", Text(
            SandboxProfile.Case(Run(gpu: true) with
            {
                ImageEnvironment = ["NVIDIA_VISIBLE_DEVICES=all"],
                CgroupParent = "/parent",
                CpuSet = "0-3,8",
                GpuDevice = "1",
            }),
            Json.ContainerRequest));

    [Fact]
    public void Holder_IsAsLockedAsACase() =>
        Golden.Check("sandbox-holder.json", Text(SandboxProfile.Holder([Run(), Run() with { VolumesId = "second" }], "sha256:holder"), Json.ContainerRequest));

    [Fact]
    public void Volumes_AreInMemoryAndCapped() =>
        Golden.Check(
            "sandbox-volumes.json",
            Text(SandboxProfile.InputsVolume(Run()), Json.VolumeRequest) + Text(SandboxProfile.OutputsVolume(Run()), Json.VolumeRequest));

    [Fact]
    public void ReportAndScript_OfAnImageAndACommandThatSteerTerminals_ArePlainText()
    {
        var plain = Run();
        var run = plain with
        {
            ImageEnvironment = ["LD_LIBRARY_PATH=/a\u001b]0;owned\u0007", "LD_\u001b[2J=x"],
            ImageVolumes = ["/data\u001b[2J", "/right\u202eleft"],
            Submission = plain.Submission with { Command = ["/bin/sh", "-c", "echo '\u001b[31mred' \u200b; \\\u0007"] },
        };

        var texts = SandboxReport.Of(run).SelectMany(setting => new[] { setting.Setting, setting.Value, setting.Reason })
            .Append(ReplayScript.Write(run, "case_1", "amd64"));

        Assert.All(texts, text => Assert.DoesNotContain(
            text.EnumerateRunes(), sign => sign.Value != '\n' && (Rune.IsControl(sign) || Rune.GetUnicodeCategory(sign) == UnicodeCategory.Format)));
        Assert.Contains(@"echo\0040\0047\0033\0133", texts.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Seccomp_Profile_IsTheWrittenOne() =>
        Golden.Check("seccomp.json", JsonNode.Parse(SeccompProfile.Json)!.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
        }) + "\n");

    [Fact]
    public void Seccomp_EveryLineThatAllows_HasItsReasonAboveOrBehind()
    {
        var isExplained = false;
        foreach (var line in File.ReadLines(Repository.File("harness", "Sandbox", "seccomp.jsonc")).Select(line => line.Trim()))
        {
            isExplained = line.Contains("//", StringComparison.Ordinal) || (isExplained && line.Length > 0);

            Assert.True(isExplained || !(line.StartsWith('"') && line.EndsWith(',')), line);
        }
    }

    [Fact]
    public void Case_OnPodman_HasTheProfileAsAFileAndCoversTheSamePaths() =>
        Golden.Check("sandbox-case-podman.json", Text(
            SandboxProfile.Case(Run() with { IsPodman = true, SeccompPath = "/profile/seccomp.json", MachinePaths = ["/sys/devices/pci0/virtio1"] }),
            Json.ContainerRequest));

    [Fact]
    public void OfDisks_PathsOfDisks_AreTheDevicesThatTheyAreOn() => Assert.Equal(
        [
            "/sys/devices/pci0000:00/0000:00:02.0/virtio1",
            "/sys/devices/pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0",
            "/sys/devices/pci0000:00/0000:01:00.0/nvme",
            "/sys/devices/platform/odd/disk",
        ],
        HiddenPaths.OfDisks(
        [
            "/sys/devices/virtual/block/loop0",
            "/sys/devices/platform/odd/disk",
            "/sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n1",
            "/sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n2",
            "/sys/devices/pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0/block/sda",
            "/sys/devices/pci0000:00/0000:00:02.0/virtio1/block/vda",
        ]));

    private static EngineJsonContext Json { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    });

    private static string Text<T>(T request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Serialize(request, type)
            .Replace(JsonSerializer.Serialize(SeccompProfile.Option), "\"seccomp=(tests/golden/seccomp.json)\"", StringComparison.Ordinal) + "\n";

    private static SandboxRun Run(bool gpu = false) => new()
    {
        RunId = "0011223344556677",
        WorkspaceId = "8899aabbccddeeff",
        Limits = new SandboxLimits(),
        InputBytes = 1 << 20,
        Submission = new Submission
        {
            Id = "s",
            Team = "t",
            Name = "n",
            Challenge = "c",
            Image = ImageDigest.Parse($"sha256:{new string('1', 64)}"),
            Source = "team.tar",
            Layout = SubmissionLayout.Flat,
            NeedsGpu = gpu,
            ReceivedAt = DateTimeOffset.UnixEpoch,
        },
    };
}
