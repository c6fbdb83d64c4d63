using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;

namespace Touchstone.Tests.Harness.Runs;

[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class LeftoverContainerTests(EngineFixture fixture)
{
    [Fact]
    public async Task Run_BesideAContainerThatCannotBeRemoved_ReportsItAndGoesOn()
    {
        using var proxy = new EngineProxy();
        using var engine = await DockerEngine.ConnectAsync(proxy.Endpoint);
        var workspace = Workspace.Open(fixture.NewPath("workspace"));
        proxy.Unremovable = await fixture.Engine.CreateContainerAsync(new ContainerRequest
        {
            Image = fixture.Image.Digest.Value,
            Cmd = ["none"],
            Labels = new Dictionary<string, string> { ["touchstone.workspace"] = workspace.Id },
            HostConfig = new HostConfig { NetworkMode = "none" },
        });
        List<RunEvent> events = [];
        try
        {
            var plan = PlannedCase.Of(fixture.Submission(Participant.Named("well-behaved")), EngineFixture.Challenge, [fixture.NewCase("secret_0001")]);
            var loop = new RunLoop(workspace, engine, new RunSettings { ManifestSha256 = new string('a', 64), RetryDelays = [] });

            Assert.Equal(1, (await loop.RunAsync(plan, events.Add)).Finished);

            Assert.True(proxy.Refused > 0);
            Assert.Contains(events.OfType<RunEvent.Waiting>(), one =>
                one.Reason.Contains(proxy.Unremovable[..12], StringComparison.Ordinal) && one.Reason.Contains("it hangs", StringComparison.Ordinal));
        }
        finally
        {
            await fixture.Engine.RemoveContainerAsync(proxy.Unremovable);
        }
    }
}
