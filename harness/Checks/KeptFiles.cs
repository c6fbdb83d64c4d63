using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Harness.Replay;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;
using Touchstone.Submissions;

namespace Touchstone.Harness.Checks;

/// <summary>What somebody needs who wants to see for themselves: cases, predictions, logs, and a script for each case.</summary>
/// <param name="engine">Where the image is.</param>
/// <param name="workspace">Where the cases ran.</param>
/// <param name="output">The folder to keep it in.</param>
internal sealed class KeptFiles(DockerEngine engine, Workspace workspace, string output)
{
    /// <summary>Folder of the scripts.</summary>
    public const string ReplayFolder = "replay";

    /// <summary>Keeps everything.</summary>
    /// <param name="request">What was checked.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="came">What came of them, in the same order.</param>
    /// <param name="stop">Stops asking the engine.</param>
    /// <returns>Commands that run the first case that failed, or else the first.</returns>
    public async Task<IReadOnlyList<string>> KeepAsync(
        CheckRequest request,
        Submission entry,
        IReadOnlyList<SampleCase> cases,
        IReadOnlyList<CheckedCase> came,
        CancellationToken stop)
    {
        var machine = await engine.InfoAsync(stop);
        var image = await CaseSandbox.FindImageAsync(engine, entry, stop);
        foreach (var one in cases)
        {
            var id = one.Case.Id;
            var ran = workspace.CasePath(entry.Id, one.Case.Dataset, id);
            CopyFolder(Path.Combine(ran, "prediction"), Path.Combine(output, "predictions", id));
            CopyFile(Path.Combine(ran, "container.log"), Path.Combine(output, "logs", $"{id}.log"));
            if (request.CaseFolders.Count == 0)
            {
                CopyFolder(Path.GetDirectoryName(one.Case.CtPath)!, Path.Combine(output, "cases", id));
            }

            var limits = CaseSandbox.Effective(machine, CaseLimits.For(request.Challenge, one.Case));
            var run = SandboxRun.Of("", workspace.Id, entry, limits, image, InputVolume.BytesFor(one.Case.CtPath));
            Directory.CreateDirectory(Path.Combine(output, ReplayFolder));
            await File.WriteAllTextAsync(
                Path.Combine(output, ReplayFolder, $"{id}.sh"),
                ReplayScript.Write(
                    run, CaseNames.Inside(workspace, new PlannedCase(entry, request.Challenge, one.Case)), engine.Version.Arch),
                stop);
        }

        return Commands(request, output, cases[came.Index().FirstOrDefault(item => !item.Item.IsCompleted).Index]);
    }

    /// <summary>Shell commands that run a case again.</summary>
    /// <param name="request">What was checked. Without a folder of its own, the first command makes one.</param>
    /// <param name="output">The folder.</param>
    /// <param name="shown">The case.</param>
    public static IReadOnlyList<string> Commands(CheckRequest request, string output, SampleCase shown)
    {
        var script = Path.Combine(output, ReplayFolder, $"{shown.Case.Id}.sh");
        var ct = request.CaseFolders.Count == 0 ? Path.Combine(output, "cases", shown.Case.Id, "ct.nii.gz") : shown.Case.CtPath;
        string[] check = request.Output is null ? [Check(request, output)] : [];
        string[] load = ImageName.IsArchive(request.Image) ? [$"docker load --input {Quote(request.Image)}"] : [];
        return [.. check, .. load, $"sh {Quote(script)} {Quote(ct)} {Quote(Path.Combine(output, "replayed"))}"];
    }

    /// <summary>The same check, with a folder.</summary>
    private static string Check(CheckRequest request, string output)
    {
        var draft = request.Draft;
        return string.Join(' ', (string[])
        [
            "touchstone check",
            Quote(request.Image),
            draft.Layout == SubmissionLayout.Flat ? "--layout flat" : "--layout folder",
            .. request.CaseFolders.Select(folder => $"--case {Quote(folder)}"),
            .. request.Server is { } server ? (string[])[$"--server {Quote(server)}"] : [],
            $"--challenge {Quote(request.ChallengeName)}",
            .. draft.Command == Submission.DefaultCommand[2] ? (string[])[] : [$"--command {Quote(draft.Command)}"],
            .. draft.NeedsGpu ? (string[])["--gpu"] : [],
            .. draft.NeedsRoot ? (string[])["--root"] : [],
            $"--output {Quote(output)}",
        ]);
    }

    private static void CopyFolder(string source, string target)
    {
        foreach (var path in OwnFolder.Files(source))
        {
            CopyFile(path, Path.Combine(target, Path.GetRelativePath(source, path)));
        }
    }

    private static void CopyFile(string source, string target)
    {
        if (File.Exists(source))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }
    }

    private static string Quote(string path) =>
        path.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '/' or '.' or '_' or '-')
            ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
