using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Touchstone.Harness.Commands;
using Touchstone.Harness.Datasets;

namespace Touchstone.Harness.Replay;

/// <summary>Runs a <see cref="ReplayScript"/> as a participant would, through a shell.</summary>
internal static class ReplayProcess
{
    /// <summary>Runs it and tells what came out.</summary>
    /// <param name="script">The script.</param>
    /// <param name="ct">Path of the CT.</param>
    /// <param name="folder">Folder for the masks.</param>
    /// <param name="console">Where to tell it.</param>
    /// <param name="stop">Stops the script, which then removes what it made.</param>
    /// <returns>Exit code of the command line: success when the container exited with 0.</returns>
    public static async Task<int> RunAsync(string script, string ct, string folder, IAnsiConsole console, CancellationToken stop)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script, stop);
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", [file, ct, folder]) { RedirectStandardOutput = true })!;
            try
            {
                await process.StandardOutput.ReadToEndAsync(stop);
                await process.WaitForExitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C reaches the script too; it removes its containers and volumes before it ends.
                await process.WaitForExitAsync(CancellationToken.None);
                throw;
            }

            Tell(process.ExitCode, folder, console);
            return process.ExitCode == 0 ? Exit.Success : Exit.Failure;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Tell(int code, string folder, IAnsiConsole console)
    {
        console.PrintLine(code == 124
            ? "Stopped at the time limit."
            : string.Create(CultureInfo.InvariantCulture, $"The container exited with code {code}."));
        foreach (var path in Directory.Exists(folder) ? Masks(folder) : [])
        {
            console.PrintLine($"{FileHash.Of(path)}  {path}");
        }
    }

    /// <summary>Regular files alone: a container can leave links.</summary>
    private static IEnumerable<string> Masks(string folder) =>
        Directory.EnumerateFiles(folder, "*.nii.gz", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        }).Order(StringComparer.Ordinal);
}
