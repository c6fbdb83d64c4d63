using System.Diagnostics;
using System.Globalization;

namespace Examples;

/// <summary>The container contract: what lies where under <c>/workspace</c>.</summary>
internal static class Contract
{
    /// <summary>Flat layout: <c>inputs/&lt;case&gt;.nii.gz</c> in, <c>outputs/&lt;case&gt;.nii.gz</c> out.</summary>
    /// <param name="arguments">Optional: a workspace other than <c>/workspace</c>.</param>
    /// <param name="segment">Gets a CT and returns one label per voxel of it.</param>
    public static void RunFlat(string[] arguments, Func<Volume, byte[]> segment)
    {
        var (inputs, outputs) = Folders(arguments);
        foreach (var path in Directory.GetFiles(inputs, "*.nii.gz").Order(StringComparer.Ordinal))
        {
            var (file, labels) = Segment(path, segment);
            Nifti.WriteLabels(Path.Combine(outputs, Path.GetFileName(path)), file, labels);
        }
    }

    /// <summary>
    /// Folder layout: <c>inputs/&lt;case&gt;/ct.nii.gz</c> in,
    /// <c>outputs/&lt;case&gt;/segmentations/&lt;structure&gt;.nii.gz</c> out.
    /// </summary>
    /// <param name="arguments">Optional: a workspace other than <c>/workspace</c>.</param>
    /// <param name="structures">The structures to write, found or not.</param>
    /// <param name="segment">Gets a CT and returns one label per voxel of it.</param>
    public static void RunFolders(string[] arguments, IReadOnlyList<string> structures, Func<Volume, byte[]> segment)
    {
        var (inputs, outputs) = Folders(arguments);
        foreach (var folder in Directory.GetDirectories(inputs).Order(StringComparer.Ordinal))
        {
            var (file, labels) = Segment(Path.Combine(folder, "ct.nii.gz"), segment);
            var masks = Path.Combine(outputs, Path.GetFileName(folder), "segmentations");
            Directory.CreateDirectory(masks);
            foreach (var structure in structures)
            {
                var label = Structures.Label(structure);
                byte[] mask = [.. labels.Select(found => found == label ? (byte)1 : (byte)0)];
                Nifti.WriteLabels(Path.Combine(masks, structure + ".nii.gz"), file, mask);
            }
        }
    }

    private static (string Inputs, string Outputs) Folders(string[] arguments)
    {
        var workspace = arguments.Length > 0 ? arguments[0] : "/workspace";
        return (Path.Combine(workspace, "inputs"), Path.Combine(workspace, "outputs"));
    }

    private static (CtFile File, byte[] Labels) Segment(string path, Func<Volume, byte[]> segment)
    {
        var clock = Stopwatch.StartNew();
        var file = Nifti.Read(path);
        var volume = new Volume(file);
        var labels = volume.ToFile(segment(volume));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{file.Nx}x{file.Ny}x{file.Nz} voxels in {clock.Elapsed.TotalSeconds:F1} s"));
        return (file, labels);
    }
}
