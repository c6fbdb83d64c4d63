using Touchstone.Evaluators;

namespace Touchstone.Baselines.Inference;

/// <summary>The folders of the container contract: which cases there are, and where their segmentations belong.</summary>
/// <param name="inputs"><c>/workspace/inputs</c> in a container.</param>
/// <param name="outputs"><c>/workspace/outputs</c> in a container.</param>
/// <param name="layout">What is found and left.</param>
internal sealed class Workspace(string inputs, string outputs, Layout layout)
{
    /// <summary>The cases in alphabetical order: their names, and their CTs.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public IReadOnlyList<(string Case, string CtPath)> Cases()
    {
        var cases = layout == Layout.Flat
            ? Directory.GetFiles(inputs, "*.nii.gz").Select(path => (Path.GetFileName(path)[..^".nii.gz".Length], path))
            : Directory.GetDirectories(inputs).Select(path => (Path.GetFileName(path), Path.Combine(path, "ct.nii.gz")));
        return [.. cases.OrderBy(item => item.Item1, StringComparer.Ordinal)];
    }

    /// <summary>Writes a case's segmentation: all of it under its final name, or nothing.</summary>
    /// <param name="name">The case.</param>
    /// <param name="segmentation">Of its CT.</param>
    /// <param name="map">Numbering of the flat layout.</param>
    public void Write(string name, Segmentation segmentation, LabelMap map)
    {
        var target = layout == Layout.Flat
            ? Path.Combine(outputs, name + ".nii.gz")
            : Path.Combine(outputs, name, "segmentations");
        var part = target + ".part";
        try
        {
            if (layout == Layout.Flat)
            {
                NiftiWriter.Write(part, segmentation.Geometry, segmentation.LabelsOnCt(map));
                File.Move(part, target, overwrite: true);
            }
            else
            {
                Directory.CreateDirectory(part);
                WriteMasks(part, segmentation);
                Directory.Move(part, target);
            }
        }
        catch
        {
            Remove(part);
            throw;
        }
    }

    private static void WriteMasks(string folder, Segmentation segmentation)
    {
        var voxels = new byte[segmentation.Geometry.Grid.VoxelCount];
        foreach (var (structure, mask) in segmentation.Masks)
        {
            segmentation.MaskOnCt(mask, voxels);
            NiftiWriter.Write(Path.Combine(folder, structure + ".nii.gz"), segmentation.Geometry, voxels);
        }
    }

    private static void Remove(string part)
    {
        if (File.Exists(part))
        {
            File.Delete(part);
        }
        else if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true);
        }
    }
}
