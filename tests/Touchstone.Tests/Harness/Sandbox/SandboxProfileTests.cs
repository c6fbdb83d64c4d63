using System.Text.Json;
using Touchstone.Harness.Engine;
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
                    "PATH=/opt/bin:/bin", "LD_PRELOAD=./evil.so", "LD_AUDIT=x", "LD_LIBRARY_PATH=/opt/lib::./lib:/a/../b:/usr/lib",
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

    private static EngineJsonContext Json { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    });

    private static string Text<T>(T request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Serialize(request, type) + "\n";

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
