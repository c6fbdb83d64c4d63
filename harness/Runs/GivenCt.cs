using System.Security.Cryptography;
using System.Text;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;

namespace Touchstone.Harness.Runs;

/// <summary>
/// The CTs as containers are given them, which is always <c>.nii.gz</c>. One of another format is converted when it is first
/// needed, and the copy kept below <c>inputs/</c> of the workspace; that folder may be removed at any time.
/// </summary>
internal static class GivenCt
{
    private const string Extension = ".nii.gz";

    /// <summary>Folder of the copies in a workspace.</summary>
    public const string Folder = "inputs";

    /// <summary>The file that goes into the container.</summary>
    /// <param name="workspace">Where copies are kept.</param>
    /// <param name="one">The case.</param>
    /// <exception cref="DatasetFaultException">The CT cannot be read.</exception>
    public static string PathOf(Workspace workspace, DatasetCase one)
    {
        var source = new FileInfo(one.CtPath);
        if (one.CtPath.EndsWith(Extension, StringComparison.Ordinal) || !source.Exists)
        {
            return one.CtPath; // who opens it says that it is absent
        }

        var state = FormattableString.Invariant($"{one.CtPath}\n{source.Length}\n{source.LastWriteTimeUtc.Ticks}");
        var folder = OwnFolder.Below(workspace.Root, Folder, one.Dataset);
        var copy = Path.Combine(folder, $"{one.Id}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)))[..16]}{Extension}");
        if (!File.Exists(copy))
        {
            Directory.CreateDirectory(folder);
            Copy(one, copy);
        }

        return copy;
    }

    private static void Copy(DatasetCase one, string copy)
    {
        var partial = $"{copy}.{Guid.NewGuid():N}";
        try
        {
            using (var file = new FileStream(partial, DurableFile.ForOwnerOnly()))
            {
                NiftiCopy.Write(one.CtPath, file);
            }

            File.Move(partial, copy, overwrite: true);
        }
        catch (VolumeException fault)
        {
            throw new DatasetFaultException(one.Dataset, one.Id, one.CtPath, fault);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
