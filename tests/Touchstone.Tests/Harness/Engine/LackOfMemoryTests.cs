using Touchstone.Tests.Harness.EndToEnd;

namespace Touchstone.Tests.Harness.Engine;

/// <summary>Two containers that end alike, with code 137: what the engine has heard tells them apart.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class LackOfMemoryTests(EngineFixture fixture)
{
    [Theory]
    [InlineData("exec tail /dev/zero", true)]
    [InlineData("exit 137", false)]
    public async Task HasHeardOfLackOfMemory_ContainerThatEndedBySigkill_IsSoOnlyWhereTheKernelDidIt(string script, bool isHeard)
    {
        string[] run = ["run", "--detach", "--network", "none", "--memory", "32m", "--memory-swap", "32m", "--entrypoint", "/bin/sh"];
        var container = CommandRun.Of("docker", [.. run, fixture.Image.Digest.Value, "-c", script]).Succeeded().Output.Trim();
        try
        {
            Assert.Equal("137", CommandRun.Of("docker", "wait", container).Succeeded().Output.Trim());
            var state = (await fixture.Engine.InspectContainerAsync(container)).State;

            Assert.Equal(
                isHeard, await fixture.Engine.HasHeardOfLackOfMemoryAsync(container, state.StartedAt, DateTimeOffset.UtcNow));
        }
        finally
        {
            CommandRun.Of("docker", "rm", "--force", container).Succeeded();
        }
    }
}
