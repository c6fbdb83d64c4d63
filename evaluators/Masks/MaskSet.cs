namespace Touchstone.Evaluators;

/// <summary>The masks of one case, as one side has them.</summary>
internal sealed record MaskSet : IDisposable
{
    /// <summary>The grid of every mask; null when there is none, as in an empty folder.</summary>
    public required Geometry? Geometry { get; init; }

    /// <summary>The masks by canonical name; a structure that the source cannot name is absent.</summary>
    public required IReadOnlyDictionary<string, Mask> Masks { get; init; }

    /// <summary>Voxels by label, of the labels of a label map that are none of the masks; background left out.</summary>
    public IReadOnlyDictionary<byte, long> OtherLabels { get; init; } = new Dictionary<byte, long>();

    /// <summary>What is odd about the headers, a line for each kind of header; see <see cref="HeaderDoubts"/>.</summary>
    public required IReadOnlyList<string> Doubts { get; init; }

    /// <summary>Reads masks.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="structures">Canonical names of those wanted.</param>
    /// <param name="grid">The grid that they must lie on; null for a reference, whose masks need only agree.</param>
    /// <param name="budget">What all masks together may hold.</param>
    /// <exception cref="VolumeException">
    /// A volume is missing, damaged, no label map, on another grid, or beyond the budget.
    /// </exception>
    public static MaskSet Read(
        MaskSource source, IReadOnlyList<string> structures, Geometry? grid, SurfaceBudget budget) =>
        source switch
        {
            MaskSource.LabelFile file => ReadFile(file, structures, grid, budget),
            MaskSource.MaskFolder folder => ReadFolder(folder, structures, grid, budget),
            _ => throw new ArgumentException($"No reader for {source.GetType().Name}.", nameof(source)),
        };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var mask in Masks.Values)
        {
            mask.Dispose();
        }
    }

    private static MaskSet ReadFile(
        MaskSource.LabelFile file, IReadOnlyList<string> structures, Geometry? grid, SurfaceBudget budget)
    {
        var found = new Dictionary<string, Mask>();
        var byLabel = new Mask?[256];
        foreach (var structure in structures)
        {
            if (file.Labels.LabelOf(structure) is { } label)
            {
                found[structure] = byLabel[label] = new Mask(budget);
            }
        }

        using var stream = OpenOn(grid, file.Path);
        var others = MaskReader.ReadLabels(stream, byLabel, budget);
        return new MaskSet
        {
            Geometry = Held(file, stream.Header.Geometry),
            Masks = found,
            OtherLabels = others.Index().Where(other => other is { Index: > 0, Item: > 0 })
                .ToDictionary(other => (byte)other.Index, other => other.Item),
            Doubts = HeaderDoubts.Of(stream.Header.Geometry) is { } doubt ? [doubt] : [],
        };
    }

    private static MaskSet ReadFolder(
        MaskSource.MaskFolder folder, IReadOnlyList<string> structures, Geometry? grid, SurfaceBudget budget)
    {
        var files = folder.FindMasks();
        var masks = new Dictionary<string, Mask>();
        var headers = new OrderedDictionary<string, Geometry>();
        foreach (var structure in structures)
        {
            if (files.TryGetValue(structure, out var path))
            {
                (masks[structure], headers[structure]) = ReadMask(path, structure, grid, budget);
                grid ??= Held(folder, headers[structure]);
            }
        }

        return new MaskSet { Geometry = grid, Masks = masks, Doubts = DoubtsOf(headers) };
    }

    /// <summary>What the other side is held to.</summary>
    public static Geometry Held(MaskSource source, Geometry header) =>
        source.CtHasPlace ? header : header with { Source = PlaceSource.None };

    /// <summary>Doubts that all masks share are said once; others with the names of the masks.</summary>
    private static string[] DoubtsOf(IReadOnlyDictionary<string, Geometry> headers) =>
    [
        .. headers.GroupBy(mask => HeaderDoubts.Of(mask.Value), mask => mask.Key)
            .Where(doubt => doubt.Key is not null)
            .Select(doubt => doubt.Count() == headers.Count ? doubt.Key! : $"The mask of {string.Join(", ", doubt)}: {doubt.Key}"),
    ];

    private static (Mask Mask, Geometry Header) ReadMask(
        string path, string structure, Geometry? grid, SurfaceBudget budget)
    {
        var mask = new Mask(budget);
        try
        {
            using var stream = OpenOn(grid, path);
            MaskReader.ReadMask(stream, mask);
            return (mask, stream.Header.Geometry);
        }
        catch (VolumeException fault)
        {
            mask.Dispose();
            throw new VolumeException(fault.Fault, $"The mask of {structure}: {fault.Message}", fault);
        }
    }

    private static VolumeStream OpenOn(Geometry? grid, string path)
    {
        var stream = VolumeStream.Open(path);
        try
        {
            if (grid is not null)
            {
                GeometryAgreement.Require(grid, stream.Header.Geometry);
            }

            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
