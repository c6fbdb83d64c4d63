using Touchstone.Baselines.Inference;
using Touchstone.Evaluators;

namespace Touchstone.Baselines.Training;

/// <summary>The reference masks of a case: where they are, and reading them on to other voxels.</summary>
/// <param name="Case">Name, for messages.</param>
/// <param name="CtPath">Whose voxels they lie on.</param>
/// <param name="MaskPaths">One file per structure, in the job's order.</param>
internal sealed record Annotation(string Case, string CtPath, IReadOnlyList<string> MaskPaths)
{
    /// <summary>Finds the masks of a case and looks at their headers.</summary>
    /// <param name="folder">Of the case.</param>
    /// <param name="structures">Canonical names.</param>
    /// <param name="faults">Gets a sentence for each mask that is missing or lies on another grid.</param>
    public static Annotation Find(string folder, IReadOnlyList<string> structures, List<string> faults)
    {
        var (name, ct) = (Path.GetFileName(folder), Path.Combine(folder, "ct.nii.gz"));
        var paths = new List<string>();
        try
        {
            var geometry = VolumeFile.ReadGeometry(ct);
            var masks = new MaskSource.MaskFolder(Path.Combine(folder, "segmentations")).FindMasks();
            foreach (var structure in structures)
            {
                if (!masks.TryGetValue(structure, out var path))
                {
                    faults.Add($"Case {name} has no mask of {structure}; one that is empty says \"looked for and absent\".");
                    continue;
                }

                paths.Add(path);
                RequireGrid(geometry, path, $"Case {name}, mask of {structure}", faults);
            }
        }
        catch (VolumeException fault)
        {
            faults.Add($"Case {name}: {fault.Message}");
        }

        return new Annotation(name, ct, paths);
    }

    /// <summary>The sets of structures at the kept voxels of a prepared CT: nearest voxels of the masks.</summary>
    /// <param name="ct">The case's.</param>
    /// <param name="palette">Numbers the sets.</param>
    /// <param name="voxels">Gets what each structure covers, added to what is there.</param>
    public ushort[] LabelsOn(PreparedCt ct, Palette palette, long[] voxels)
    {
        var labels = new ushort[ct.Box.VoxelCount];
        int[] starts = [ct.Box.Start.X, ct.Box.Start.Y, ct.Box.Start.Z];
        int[] counts = [ct.Box.Size.X, ct.Box.Size.Y, ct.Box.Size.Z];
        int[] strides = [ct.Box.Size.Y * ct.Box.Size.Z, ct.Box.Size.Z, 1];
        var axes = Enumerable.Range(0, 3).Select(fileAxis =>
        {
            var world = Enumerable.Range(0, 3).Single(n => ct.Grid.Axes[n].FileAxis == fileAxis);
            return Enumerable.Range(0, counts[world])
                .Select(n => (At: Nearest(ct.Grid.Axes[world].InFile(n + starts[world])), Offset: n * strides[world])).ToArray();
        }).ToArray();
        var nx = ct.Geometry.Grid.Nx;
        foreach (var (structure, path) in MaskPaths.Index())
        {
            ForEachSlice(path, (slice, k) =>
            {
                foreach (var (_, third) in axes[2].Where(place => place.At == k))
                {
                    foreach (var (j, second) in axes[1])
                    {
                        foreach (var (i, first) in axes[0])
                        {
                            if (slice[(j * nx) + i] != 0)
                            {
                                ref var label = ref labels[first + second + third];
                                label = palette.With(label, structure);
                                voxels[structure]++;
                            }
                        }
                    }
                }
            });
        }

        return labels;
    }

    /// <summary>The mask of one structure on the CT's own voxels.</summary>
    /// <param name="structure">From 0.</param>
    /// <param name="geometry">Of the CT.</param>
    public BitMask OnCt(int structure, Geometry geometry)
    {
        var mask = new BitMask(geometry.Grid.VoxelCount);
        var plane = geometry.Grid.Nx * geometry.Grid.Ny;
        ForEachSlice(MaskPaths[structure], (slice, k) =>
        {
            for (var n = 0; n < plane; n++)
            {
                if (slice[n] != 0)
                {
                    mask[(k * plane) + n] = true;
                }
            }
        });
        return mask;
    }

    private static void RequireGrid(Geometry geometry, string path, string what, List<string> faults)
    {
        try
        {
            GeometryAgreement.Require(geometry, VolumeFile.ReadGeometry(path));
        }
        catch (VolumeException fault)
        {
            faults.Add($"{what}: {fault.Message}");
        }
    }

    private static int Nearest((int Low, int High, float Share) place) =>
        place.Share > 0.5f || (place.Share == 0.5f && place.Low % 2 != 0) ? place.High : place.Low;

    private void ForEachSlice(string path, MaskFile.Slice take)
    {
        try
        {
            MaskFile.ReadSlices(path, take);
        }
        catch (VolumeException fault)
        {
            throw new TrainingException($"Case {Case}, mask {Path.GetFileName(path)}: {fault.Message}", fault);
        }
    }
}
