using System.Security.Cryptography;
using System.Text;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Harness.Sandbox;

/// <summary>
/// Puts CTs into the volume of a run, through the engine. Nothing of this machine's file system is ever mounted in a
/// container, so no path of it can be seen there, and every container reads its CT from memory, however cold the disk.
/// </summary>
internal static class InputVolume
{
    /// <summary>Size of a volume that takes the CTs of a run.</summary>
    /// <param name="cases">The cases.</param>
    /// <exception cref="FileNotFoundException">A CT is absent.</exception>
    public static long BytesFor(IReadOnlyList<StagedCase> cases) =>
        cases.Sum(one => (Ct(one.CtPath).Length + 4095) & ~4095L) + (64 << 10);

    /// <summary>Size of a volume that takes the files of a training job.</summary>
    /// <param name="files">The files.</param>
    /// <exception cref="FileNotFoundException">A file is absent.</exception>
    public static long BytesFor(JobFiles files) => files.Inputs.Sum(file => (LengthOf(file) + 4095) & ~4095L) + (64 << 10);

    /// <summary>Size of a volume that takes one CT.</summary>
    /// <param name="ctPath">The CT.</param>
    /// <exception cref="FileNotFoundException">It is absent.</exception>
    public static long BytesFor(string ctPath) => BytesFor([new StagedCase(ctPath, "", "")]);

    /// <summary>
    /// Copies the CTs under the names that the layout gives them, readable by everybody and writable by nobody.
    /// </summary>
    /// <param name="engine">The engine.</param>
    /// <param name="slot">Where the volume is.</param>
    /// <param name="job">Whose CTs, under which names.</param>
    /// <param name="token">Stops the copy.</param>
    /// <returns>
    /// SHA-256 of each CT as it was copied, hexadecimal; of a training job one, of what <c>sha256sum</c> would print of all
    /// its files.
    /// </returns>
    /// <exception cref="FileNotFoundException">A CT is absent or cannot be read.</exception>
    public static async Task<IReadOnlyList<string>> FillAsync(
        DockerEngine engine, VolumeSlot slot, SandboxJob job, CancellationToken token)
    {
        List<string> hashes = [];
        FileNotFoundException? unreadable = null;
        try
        {
            await engine.PutArchiveAsync(slot.Holder, slot.Inputs, WriteAsync, token);
            return hashes;
        }
        catch (EngineException) when (unreadable is not null)
        {
            throw unreadable;
        }

        async Task WriteAsync(Stream stream, CancellationToken cancel)
        {
            hashes.Clear();
            try
            {
                if (job.Files is { } files)
                {
                    hashes.Add(await WriteFilesAsync(stream, files, cancel));
                }

                foreach (var one in job.Files is null ? job.Cases : [])
                {
                    hashes.Add(await WriteCaseAsync(stream, job.Submission.Layout, one, cancel));
                }
            }
            catch (FileNotFoundException fault)
            {
                unreadable = fault; // the engine's client only sees that its request broke off
                throw;
            }

            await stream.WriteAsync(new byte[1024], cancel);
        }
    }

    private static async Task<string> WriteCaseAsync(
        Stream stream, SubmissionLayout layout, StagedCase one, CancellationToken token)
    {
        var isFlat = layout == SubmissionLayout.Flat;
        if (!isFlat)
        {
            await stream.WriteAsync(TarHeader.Write($"{one.Pseudonym}/", 0, 0x16d, '5'), token);
        }

        return await WriteFileAsync(
            stream, isFlat ? $"{one.Pseudonym}.nii.gz" : $"{one.Pseudonym}/ct.nii.gz", one.CtPath, token);
    }

    private static async Task<string> WriteFilesAsync(Stream stream, JobFiles files, CancellationToken token)
    {
        foreach (var folder in files.Folders)
        {
            await stream.WriteAsync(TarHeader.Write($"{folder}/", 0, 0x16d, '5'), token);
        }

        var lines = new StringBuilder();
        foreach (var file in files.Inputs)
        {
            lines.Append(await WriteFileAsync(stream, file, token)).Append("  ").Append(file.Name).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }

    private static async Task<string> WriteFileAsync(Stream stream, InputFile file, CancellationToken token)
    {
        if (file.Path is { } path)
        {
            return await WriteFileAsync(stream, file.Name, path, token);
        }

        await stream.WriteAsync(TarHeader.Write(file.Name, file.Content.Length, 0x124), token);
        await stream.WriteAsync(file.Content, token);
        await stream.WriteAsync(TarHeader.Padding(file.Content.Length), token);
        return Convert.ToHexStringLower(SHA256.HashData(file.Content.Span));
    }

    private static async Task<string> WriteFileAsync(Stream stream, string name, string path, CancellationToken token)
    {
        await using var file = Reading(path, () =>
        {
            RegularFile.Demand(path);
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        });
        var length = file.Length;
        await stream.WriteAsync(TarHeader.Write(name, length, 0x124), token);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[256 << 10];
        while (Reading(path, () => file.Read(buffer)) is > 0 and var read)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            await stream.WriteAsync(buffer.AsMemory(0, read), token);
        }

        await stream.WriteAsync(TarHeader.Padding(length), token);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static long LengthOf(InputFile file)
    {
        if (file.Path is not { } path)
        {
            return file.Content.Length;
        }

        var info = new FileInfo(path);
        return info.Exists ? info.Length : throw new FileNotFoundException($"{path} is not there.", path);
    }

    private static FileInfo Ct(string path)
    {
        var ct = new FileInfo(path);
        return ct.Exists && ct.Name.EndsWith(".nii.gz", StringComparison.Ordinal)
            ? ct
            : throw new FileNotFoundException($"{path} is not there, or not a .nii.gz file.", path);
    }

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FileNotFoundException($"{path} cannot be read: {fault.Message}", path, fault);
        }
    }
}
