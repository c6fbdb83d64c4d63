using Touchstone.Harness.Engine;
using Touchstone.Harness.Sandbox;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Sandbox;

public sealed class EngineRulesTests
{
    private static readonly EngineVersion Docker = new() { Version = "20.10.24", ApiVersion = "1.41", Os = "linux", Arch = "amd64" };

    private static readonly EngineVersion Podman = Docker with { Components = [new EngineComponent("Podman Engine", "4.3.1")] };

    [Theory]
    [InlineData("2", "name=seccomp,profile=default")]
    [InlineData("2", "name=apparmor", "name=seccomp,profile=builtin", "name=cgroupns")]
    [InlineData("1", "name=seccomp,profile=/etc/docker/stricter.json")]
    [InlineData("2", "name=seccomp,profile=default", "name=rootless")]
    public void Check_EngineThatFilters_IsTaken(string cgroups, params string[] options) =>
        EngineRules.Check(new EngineInfo { CgroupVersion = cgroups, SecurityOptions = options });

    [Theory]
    [InlineData("2", "seccomp")]
    [InlineData("2", "seccomp", "name=apparmor")]
    [InlineData("2", "seccomp", "name=seccomp,profile=unconfined")]
    [InlineData("1", "rootless", "name=seccomp,profile=default", "name=rootless")]
    public void Check_EngineThatCannotHold_IsRefusedForGood(string cgroups, string word, params string[] options)
    {
        var fault = Assert.Throws<EngineException>(
            () => EngineRules.Check(new EngineInfo { CgroupVersion = cgroups, SecurityOptions = options }));

        Assert.False(fault.IsTransient);
        Assert.Contains(word, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, false, false, null)]
    [InlineData(true, false, false, false, null)]
    [InlineData(true, true, false, false, "ignores requests for a GPU")]
    [InlineData(false, false, true, false, "--userns-remap")]
    [InlineData(false, false, true, true, null)]
    public void Check_Submission_IsRefusedWhereTheEngineCannotHoldIt(
        bool isPodman, bool needsGpu, bool needsRoot, bool remaps, string? refusal)
    {
        var info = new EngineInfo { SecurityOptions = remaps ? ["name=seccomp,profile=default", "name=userns"] : [] };
        var submission = new Submission
        {
            Id = "s",
            Team = "t",
            Name = "n",
            Challenge = "c",
            Image = ImageDigest.Parse($"sha256:{new string('1', 64)}"),
            Source = "team.tar",
            Layout = SubmissionLayout.Flat,
            NeedsGpu = needsGpu,
            NeedsRoot = needsRoot,
            ReceivedAt = DateTimeOffset.UnixEpoch,
        };

        var fault = Record.Exception(() => EngineRules.Check(
            isPodman ? Podman : Docker, info, submission, EngineFixture.Challenge with { AllowsRoot = true }));

        Assert.Equal(refusal is not null, fault is EngineException { IsTransient: false });
        Assert.Contains(refusal ?? "", fault?.Message ?? "", StringComparison.Ordinal);
    }
}
