using System.CommandLine;
using Touchstone.Harness.Commands;

namespace Touchstone.Tests.Harness.Server;

public sealed class WorkerOptionsTests
{
    [Theory]
    [InlineData("", "--gpu 0")]
    [InlineData("--cpu-set 0-1 --gpu 1 --nvml /lib/nvml.so", "--cpu-set 0-1 --gpu 1 --nvml /lib/nvml.so")]
    public void ServersWorker_GetsCoresAndGpuOfTheServer(string given, string passedOn)
    {
        var timing = new TimingOptions();
        var command = new Command("serve");
        foreach (var option in timing.OfMachine)
        {
            command.Options.Add(option);
        }

        var arguments = timing.Arguments(command.Parse(given));

        Assert.Equal(passedOn, string.Join(' ', arguments));
        Assert.Empty(command.Parse(arguments.ToArray()).Errors);
    }
}
