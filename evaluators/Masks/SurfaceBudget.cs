namespace Touchstone.Evaluators;

/// <summary>How ragged the masks of one side of a case may be.</summary>
/// <param name="Runs">Runs of voxels of all its masks together.</param>
/// <param name="StructureElements">Surface elements of one structure.</param>
/// <param name="Elements">Surface elements of all structures together.</param>
internal sealed record SurfaceLimits(long Runs, long StructureElements, long Elements)
{
    /// <summary>
    /// Far beyond any anatomy, and little enough that a case needs about 1 GB on one thread: a mask has two surface elements for every
    /// run at the very least, so the runs are not what meets its limit first.
    /// </summary>
    public static SurfaceLimits Default { get; } = new(32 << 20, 16 << 20, 64 << 20);
}

/// <summary>
/// Counts the runs and surface elements of one side of a case, and refuses more than the limits: without it a checkerboard
/// could take all memory. Whether a side is refused depends neither on the order of the structures nor on threads.
/// </summary>
/// <param name="side">Whom to blame; null where nothing is compared, as for previews.</param>
/// <param name="limits">The limits.</param>
internal sealed class SurfaceBudget(CaseSide? side, SurfaceLimits limits)
{
    private long _runs;
    private long _elements;

    /// <summary>Counts runs.</summary>
    /// <param name="count">How many more.</param>
    /// <exception cref="VolumeException">They are too many.</exception>
    public void AddRuns(int count)
    {
        _runs += count;
        if (_runs > limits.Runs)
        {
            throw TooRagged($"The masks consist of more than {limits.Runs} runs of voxels");
        }
    }

    /// <summary>Refuses a surface as soon as it is too large, before it takes more memory.</summary>
    /// <param name="count">Surface elements of one structure so far.</param>
    /// <exception cref="VolumeException">They are too many.</exception>
    public void RequireStructure(long count)
    {
        if (count > limits.StructureElements)
        {
            throw TooRagged($"The mask of a structure has more than {limits.StructureElements} surface elements");
        }
    }

    /// <summary>Counts the surface of one structure.</summary>
    /// <param name="count">All its surface elements.</param>
    /// <exception cref="VolumeException">They are too many.</exception>
    public void AddStructure(long count)
    {
        RequireStructure(count);
        if (Interlocked.Add(ref _elements, count) > limits.Elements)
        {
            throw TooRagged($"The masks have more than {limits.Elements} surface elements together");
        }
    }

    private VolumeException TooRagged(FormattableString what)
    {
        var fault = new VolumeException(
            VolumeFault.TooLarge, $"{FormattableString.Invariant(what)}, which is noise and no anatomy.");
        return side is { } whose ? new CaseException(whose, fault) : fault;
    }
}
