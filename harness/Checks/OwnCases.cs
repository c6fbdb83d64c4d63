using System.Globalization;
using Touchstone.Evaluators;
using Touchstone.Harness.Commands;
using Touchstone.Submissions;

namespace Touchstone.Harness.Checks;

/// <summary>Cases that somebody brings along, in the layout of AbdomenAtlas, with or without reference masks.</summary>
internal static class OwnCases
{
    /// <summary>Reads cases. Nothing is written beside them.</summary>
    /// <param name="folders">Folder of each: <c>ct.nii.gz</c> and perhaps <c>segmentations/&lt;structure&gt;.nii.gz</c>.</param>
    /// <param name="challenge">The rules.</param>
    /// <param name="scratch">Folder for what stands in for missing references.</param>
    /// <exception cref="WrongUseException">One of them is no case.</exception>
    public static IReadOnlyList<SampleCase> Read(IReadOnlyList<string> folders, Challenge challenge, string scratch) =>
        [.. folders.Select((folder, i) => Read(Path.GetFullPath(folder), Id(folder, i, folders), challenge, scratch))];

    private static SampleCase Read(string folder, string id, Challenge challenge, string scratch)
    {
        if (!File.Exists(Path.Combine(folder, "ct.nii.gz")))
        {
            throw new WrongUseException(
                $"{folder} has no ct.nii.gz. A case is a folder with ct.nii.gz and, if there are references, "
                + "segmentations/<structure>.nii.gz.");
        }

        var segmentations = Path.Combine(folder, "segmentations");
        try
        {
            var one = SampleCase.Of(id, folder, segmentations, hasReference: true);
            if (HasReference(one, challenge))
            {
                return one;
            }

            var standIn = Path.Combine(scratch, id);
            Directory.CreateDirectory(standIn);
            NiftiWriter.Write(
                Path.Combine(standIn, $"{challenge.Structures[0]}.nii.gz"), one.Geometry, new byte[one.Geometry.Grid.VoxelCount]);
            return one with { Case = one.Case with { SegmentationsPath = standIn }, HasReference = false };
        }
        catch (VolumeException fault)
        {
            throw new WrongUseException($"{folder} is no case that can be scored. {fault.Message}");
        }
    }

    /// <summary>Whether there is a mask of a structure that counts; masks must lie on the CT's grid.</summary>
    private static bool HasReference(SampleCase one, Challenge challenge)
    {
        var folder = one.Case.SegmentationsPath;
        if (!Directory.Exists(folder))
        {
            return false;
        }

        var masks = new MaskSource.MaskFolder(folder).FindMasks().Where(mask => challenge.Structures.Contains(mask.Key)).ToList();
        foreach (var (structure, path) in masks)
        {
            try
            {
                GeometryAgreement.Require(one.Geometry, VolumeFile.ReadGeometry(path));
            }
            catch (VolumeException fault)
            {
                throw new VolumeException(fault.Fault, $"The mask of {structure} does not fit the CT: {fault.Message}", fault);
            }
        }

        return masks.Count > 0;
    }

    /// <summary>The folder's name, as far as it can name a folder of results; numbered where two are alike.</summary>
    private static string Id(string folder, int index, IReadOnlyList<string> folders)
    {
        var name = Name(folder);
        return folders.Count(other => Name(other) == name) > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{name}-{index + 1}")
            : name;
    }

    private static string Name(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var safe = string.Concat(name.Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '_' or '-' ? sign : '-'));
        return safe.Length == 0 || safe[0] == '.' ? $"case{safe}" : safe[..Math.Min(safe.Length, 100)];
    }
}
