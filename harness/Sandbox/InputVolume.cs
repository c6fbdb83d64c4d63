using Touchstone.Harness.Engine;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Puts a CT into the volume of a run, through the engine. Nothing of this machine's file system is ever mounted in a
/// container, so no path of it can be seen there, and every container reads its CT from memory, however cold the disk.
/// </summary>
internal static class InputVolume
{
    /// <summary>Size of a volume that takes a CT.</summary>
    /// <param name="ctBytes">Size of the CT.</param>
    public static long BytesFor(long ctBytes) => ((ctBytes + 4095) & ~4095L) + (64 << 10);

    /// <summary>
    /// Copies the CT under the name that the layout gives it, readable by everybody and writable by nobody.
    /// </summary>
    /// <param name="engine">The engine.</param>
    /// <param name="holder">The container that has the volume.</param>
    /// <param name="job">Whose CT, under which name.</param>
    /// <param name="token">Stops the copy.</param>
    public static async Task FillAsync(DockerEngine engine, string holder, SandboxJob job, CancellationToken token)
    {
        await using var ct = new FileStream(
            job.CtPath, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        await engine.PutArchiveAsync(holder, SandboxProfile.HolderInputs, WriteAsync, token);

        async Task WriteAsync(Stream stream, CancellationToken cancel)
        {
            var isFlat = job.Submission.Layout == SubmissionLayout.Flat;
            if (!isFlat)
            {
                await stream.WriteAsync(TarHeader.Write($"{job.Pseudonym}/", 0, 0x16d, '5'), cancel);
            }

            var name = isFlat ? $"{job.Pseudonym}.nii.gz" : $"{job.Pseudonym}/ct.nii.gz";
            await stream.WriteAsync(TarHeader.Write(name, ct.Length, 0x124), cancel);
            await ct.CopyToAsync(stream, cancel);
            await stream.WriteAsync(TarHeader.Padding(ct.Length), cancel);
            await stream.WriteAsync(new byte[1024], cancel);
        }
    }
}
