using System.Formats.Tar;
using Touchstone.Evaluators;
using Touchstone.Harness.Checks;
using Touchstone.Harness.Commands;
using Touchstone.Harness.Engine;
using Touchstone.Harness.Images;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Sandbox;
using Touchstone.Leaderboard.Transfer;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>What is read only once an engine has answered, by the classes that read it.</summary>
internal static class ReaderTargets
{
    private const long CapBytes = 16 << 20;

    /// <summary>Makes them.</summary>
    /// <param name="own">Whom their grounds belong to.</param>
    public static IEnumerable<Target> All(Action<Ground> own)
    {
        var images = Images();
        own(images);
        foreach (var name in new[] { "image.tar", "image.tar.gz", "oci.tar", "compressed-layer.tar" })
        {
            yield return new Target("submit's archive", images, name)
            {
                Below = name,
                Read = token => ReadImageAsync(Path.Combine(images.Root, name), token),
            };
        }

        var outputs = Outputs();
        own(outputs);
        yield return new Target("run's outputs", outputs) { Below = "flat.tar", Read = token => CollectAsync(outputs, token) };
        yield return new Target("transfer run's log", outputs) { Below = "log.csv", Read = _ => ReadLogAsync(outputs) };
        yield return new Target("check's own case", outputs) { Below = "case1", Read = _ => ReadOwnCaseAsync(outputs) };
        yield return new Target("check's predictions", outputs) { Below = "prediction", Read = _ => ReadPredictionAsync(outputs) };
    }

    private static Ground Images()
    {
        var root = Directory.CreateTempSubdirectory("touchstone-fuzz-").FullName;
        File.WriteAllBytes(Path.Combine(root, "image.tar"), SmallImage.Build());
        File.WriteAllBytes(Path.Combine(root, "image.tar.gz"), TestImage.Gzip(SmallImage.Build()));
        File.WriteAllBytes(Path.Combine(root, "oci.tar"), SmallImage.BuildOci());
        File.WriteAllBytes(Path.Combine(root, "compressed-layer.tar"), new TestImage
        {
            Layer = _ => TestImage.Tar([TestImage.File("workspace/predict.sh", "exit 0\n"u8.ToArray())]),
            CompressedLayer = true,
        }.Build());
        return new Ground(root);
    }

    private static Ground Outputs()
    {
        var root = Directory.CreateTempSubdirectory("touchstone-fuzz-").FullName;
        Grounds.Write(Path.Combine(root, "prediction", "case_1.nii.gz"), EngineFixture.Truth());
        Grounds.Write(Path.Combine(root, "case1", "ct.nii.gz"), EngineFixture.Truth());
        Grounds.Write(Path.Combine(root, "case1", "segmentations", "liver.nii.gz"), [.. EngineFixture.Truth().Select(label => Math.Min(label, (byte)1))]);
        File.WriteAllText(
            Path.Combine(root, "log.csv"), $"{TrainingLog.Header}\n0,0,1.5,0.001,0.25\n10,0.01,0.5,0.001,\n20,2,0.4,1e-4,0.75\n");
        File.WriteAllBytes(Path.Combine(root, "flat.tar"), TestImage.Tar(
        [
            new PaxTarEntry(TarEntryType.Directory, "0/"),
            TestImage.File("0/case_1.nii.gz", File.ReadAllBytes(Path.Combine(root, "prediction", "case_1.nii.gz"))),
            TestImage.File("0/notes.txt", "x"u8.ToArray()),
        ]));
        return new Ground(root);
    }

    private static async Task<int> ReadImageAsync(string path, CancellationToken token)
    {
        var archive = await ImageArchive.InspectAsync(path, CapBytes, "image", token);
        ImageRules.Check(
            new EngineVersion { ApiVersion = "1.44", Os = "linux", Arch = "amd64", Version = "20.10.24" },
            archive.Requests);
        await archive.WriteSanitisedAsync("touchstone/loading:fuzz", Stream.Null, token);
        return Exit.Success;
    }

    private static async Task<int> CollectAsync(Ground ground, CancellationToken token)
    {
        var target = Directory.CreateDirectory(Path.Combine(ground.Root, "collected")).FullName;
        var expected = new ExpectedOutputs(SubmissionLayout.Flat, "case_1", ["liver", "spleen"]);
        await using var archive = RegularFile.OpenRead(Path.Combine(ground.Root, "flat.tar"));
        var collected = await new OutputCollector([expected.Accept], [target], CapBytes, 100).CollectAsync(archive, token);
        if (collected[0].Files.Count > 0)
        {
            CaseEvaluator.Score(
                new MaskSource.MaskFolder(Path.Combine(ground.Root, "case1", "segmentations")),
                StoredPrediction.Source(target, "case_1", SubmissionLayout.Flat, EngineFixture.Challenge),
                ["liver"],
                new Protocol { Name = Protocol.SurfaceDistance, ToleranceMm = 1 });
        }

        return Exit.Success;
    }

    private static Task<int> ReadLogAsync(Ground ground)
    {
        TrainingLog.Read(RegularFile.ReadAllText(Path.Combine(ground.Root, "log.csv")), 3);
        return Task.FromResult(Exit.Success);
    }

    private static Task<int> ReadOwnCaseAsync(Ground ground)
    {
        OwnCases.Read([Path.Combine(ground.Root, "case1")], EngineFixture.Challenge, Path.Combine(ground.Root, "scratch"));
        return Task.FromResult(Exit.Success);
    }

    private static Task<int> ReadPredictionAsync(Ground ground)
    {
        PredictionContents.Read(
            Path.Combine(ground.Root, "prediction"), "case_1", SubmissionLayout.Flat, EngineFixture.Challenge);
        return Task.FromResult(Exit.Success);
    }
}
