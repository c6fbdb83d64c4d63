using Microsoft.Win32.SafeHandles;
using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Volumes;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Training;

/// <summary>
/// All training cases, prepared once: in memory as long as half of what is there suffices, the others in a temporary file.
/// </summary>
internal sealed class CaseCache : IDisposable
{
    private readonly List<TrainingCase> _cases = [];
    private SafeFileHandle? _file;

    private CaseCache(Palette palette) => Palette = palette;

    /// <summary>The cases in the order of their names.</summary>
    public IReadOnlyList<TrainingCase> Cases => _cases;

    /// <summary>What their labels mean.</summary>
    public Palette Palette { get; }

    /// <summary>How many cases lie in a file.</summary>
    public int OnDisk { get; private set; }

    /// <summary>Reads and prepares.</summary>
    /// <param name="annotations">The cases.</param>
    /// <param name="structures">In the job's order.</param>
    /// <param name="preparation">Spacing and intensity window.</param>
    /// <param name="memoryBytes">What may be kept in memory; null for half of what is left.</param>
    /// <exception cref="TrainingException">A structure has no voxel in any case, or a mask is damaged.</exception>
    /// <exception cref="CtException">A CT is damaged, or none.</exception>
    public static CaseCache Prepare(
        IReadOnlyList<Annotation> annotations, IReadOnlyList<string> structures, Preparation preparation, long? memoryBytes = null)
    {
        var left = memoryBytes ?? ((GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet) / 2);
        var cache = new CaseCache(new Palette(structures.Count));
        try
        {
            var voxels = new long[structures.Count];
            var end = 0L;
            foreach (var annotation in annotations)
            {
                var ct = ReadCt(annotation, preparation);
                var labels = annotation.LabelsOn(ct, cache.Palette, voxels);
                var bytes = TrainingCase.BytesFor(labels.Length);
                var goesToDisk = bytes > left;
                cache._cases.Add(new TrainingCase(ct, labels, goesToDisk ? cache.Open() : null, end));
                (left, end) = goesToDisk ? (left, end + bytes) : (left - bytes, end);
                cache.OnDisk += goesToDisk ? 1 : 0;
            }

            TrainingException.ThrowIfAny("training", [.. structures.Where((_, n) => voxels[n] == 0).Select(structure =>
                $"no case has a voxel of {structure} within the network's grid; it cannot be learnt.")]);
            return cache;
        }
        catch
        {
            cache.Dispose();
            throw;
        }
    }

    /// <summary>A CT, with its case's name in what goes wrong.</summary>
    /// <param name="annotation">Whose CT.</param>
    /// <param name="preparation">Spacing and intensity window.</param>
    public static PreparedCt ReadCt(Annotation annotation, Preparation preparation)
    {
        try
        {
            return PreparedCt.Read(annotation.CtPath, preparation);
        }
        catch (Exception fault) when (fault is CtException or VolumeException)
        {
            throw new TrainingException($"Case {annotation.Case}: {fault.Message}", fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    // Nobody else sees it, and it goes when it is closed, however the process ends.
    private SafeFileHandle Open() => _file ??= File.OpenHandle(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
        FileOptions.DeleteOnClose);
}
