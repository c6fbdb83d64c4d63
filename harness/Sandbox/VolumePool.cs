using System.Globalization;
using System.Security.Cryptography;
using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Sandbox;

/// <summary>Where one case's volumes are: their names in the engine and their places in the holder.</summary>
/// <param name="Holder">Id of the container that keeps them.</param>
/// <param name="VolumesId">What their names are made of.</param>
/// <param name="Inputs">Path of the CT's volume in the holder.</param>
/// <param name="Outputs">Path of the masks' volume in the holder.</param>
internal readonly record struct VolumeSlot(string Holder, string VolumesId, string Inputs, string Outputs);

/// <summary>
/// Volumes for the next few cases and the one container that keeps them all mounted. Each pair serves one case and is
/// never given out again; starting a holder for each case would cost as much as starting the case itself.
/// </summary>
internal sealed class VolumePool
{
    /// <summary>Most cases of a pool: with eight a holder costs little more than twenty milliseconds a case.</summary>
    private const int MostSlots = 8;

    /// <summary>Room for any usual CT, so that one pool suits the next cases too. Only the harness writes there.</summary>
    private const long LeastInputBytes = 256L << 20;

    private readonly DockerEngine _engine;
    private readonly SandboxRun _run;
    private readonly IReadOnlyList<string> _ids;
    private readonly Lock _turn = new();
    private string _holder = "";
    private int _taken;
    private int _inUse;
    private bool _isClosed;

    private VolumePool(DockerEngine engine, SandboxRun run, int slots) => (_engine, _run, _ids) = (
        engine, run, [.. Enumerable.Range(0, slots).Select(i => string.Create(CultureInfo.InvariantCulture, $"{run.RunId}-{i}"))]);

    /// <summary>How many cases a pool is made for.</summary>
    /// <param name="machine">The engine's machine: what hostile outputs leave in memory stays until the pool goes.</param>
    /// <param name="run">The first of the cases.</param>
    /// <param name="casesLeft">How many cases there are.</param>
    public static int SlotsFor(EngineInfo machine, SandboxRun run, int casesLeft)
    {
        // Below systemd the holder keeps the run's own control group alive until it is read, so each run has a holder.
        var most = machine.CgroupDriver == "systemd" ? 1 : MostSlots;
        var fitting = machine.MemTotal / 8 / (run.OutputBytes + run.InputBytes);
        return (int)Math.Clamp(Math.Min(fitting, casesLeft), 1, most);
    }

    /// <summary>Makes volumes and holder.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="holderImage">Id of the holder's image.</param>
    /// <param name="run">The first case that will use it.</param>
    /// <param name="slots">For how many cases.</param>
    /// <param name="token">Stops the work.</param>
    public static async Task<VolumePool> MakeAsync(
        DockerEngine engine, string holderImage, SandboxRun run, int slots, CancellationToken token)
    {
        var pool = new VolumePool(
            engine,
            run with
            {
                RunId = RandomNumberGenerator.GetHexString(16, lowercase: true),
                InputBytes = Math.Max(run.InputBytes, LeastInputBytes),
            },
            slots);
        try
        {
            var volumes = pool._ids.Select(id => pool._run with { VolumesId = id }).ToArray();
            await Task.WhenAll(volumes.SelectMany(slot => new[]
            {
                engine.CreateVolumeAsync(SandboxProfile.InputsVolume(slot), token),
                engine.CreateVolumeAsync(SandboxProfile.OutputsVolume(slot), token),
            }));
            pool._holder = await engine.CreateContainerAsync(SandboxProfile.Holder(volumes, holderImage), token);
            await engine.StartContainerAsync(pool._holder, token);
            return pool;
        }
        catch
        {
            await pool.RemoveAsync();
            throw;
        }
    }

    /// <summary>Whether a case can have volumes of this pool.</summary>
    /// <param name="run">The case.</param>
    public bool Suits(SandboxRun run) =>
        _taken < _ids.Count
        && run.CgroupParent == _run.CgroupParent
        && run.InputBytes <= _run.InputBytes
        && run.OutputBytes == _run.OutputBytes
        && run.Cases == _run.Cases;

    /// <summary>Gives out volumes that nobody has had; <see cref="ReleaseAsync"/> gives them back.</summary>
    public VolumeSlot Take()
    {
        lock (_turn)
        {
            var slot = _taken++;
            _inUse++;
            return new VolumeSlot(_holder, _ids[slot], SandboxProfile.HolderInputs(slot), SandboxProfile.HolderOutputs(slot));
        }
    }

    /// <summary>A case is over. The last one of a closed pool removes it.</summary>
    public Task ReleaseAsync()
    {
        lock (_turn)
        {
            _inUse--;
            return _isClosed && _inUse == 0 ? RemoveAsync() : Task.CompletedTask;
        }
    }

    /// <summary>No case will take from it any more. Removes it, now or with its last case.</summary>
    public Task CloseAsync()
    {
        lock (_turn)
        {
            var isFirst = !_isClosed;
            _isClosed = true;
            return isFirst && _inUse == 0 ? RemoveAsync() : Task.CompletedTask;
        }
    }

    private Task RemoveAsync() => Traces.TryRemoveAsync(_engine, $"{SandboxProfile.RunLabel}={_run.RunId}");
}
