using System.Text;
using Touchstone.Harness.Checks;
using Touchstone.Harness.Runs;
using Touchstone.Submissions;

namespace Touchstone.Tests.Harness.Checks;

/// <summary>Containers of <c>tests/participants</c>, checked for real: archive in, report out, nothing left.</summary>
[Trait("Category", "Engine")]
[Collection(TimedWithTheEngine.Name)]
public sealed class ImageCheckTests(EngineFixture fixture) : IDisposable
{
    private const string Shell = "#!/bin/sh\nexec /bin/sh \"$@\"\n";

    // 400 voxels of either of two labels by chance: two runs that agree are one in 2⁴⁰⁰.
    private const string Lottery =
        "name=$(basename inputs/* .nii.gz); zcat masks/truth.nii.gz > /tmp/v; "
        + "head -c 400 /dev/urandom | tr '\\000-\\177' '\\001' | tr '\\200-\\377' '\\005' > /tmp/r; "
        + "{ head -c 352 /tmp/v; cat /tmp/r; tail -c +753 /tmp/v; } | gzip > outputs/$name.nii.gz";

    private const string OtherNumbers =
        "name=$(basename inputs/* .nii.gz); zcat masks/truth.nii.gz > /tmp/v; "
        + "{ head -c 352 /tmp/v; tail -c +353 /tmp/v | tr '\\005' '\\143'; } | gzip > outputs/$name.nii.gz";

    private const string ExchangedNumbers =
        "name=$(basename inputs/* .nii.gz); zcat masks/truth.nii.gz > /tmp/v; "
        + "{ head -c 352 /tmp/v; tail -c +353 /tmp/v | tr '\\001\\005' '\\005\\001'; } | gzip > outputs/$name.nii.gz";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("well-behaved")]
    [InlineData("well-behaved-folder")]
    public async Task Check_GoodImage_Passes(string name)
    {
        var report = await CheckAsync($"sh {name}/predict.sh", Participant.Named(name).Layout);

        Assert.True(report.IsPass, CheckText.Of(report));
        Assert.All(report.Findings, finding => Assert.Equal(FindingLevel.Ok, finding.Level));
        Assert.Equal(Sameness.Identical, report.Repeat?.Sameness);
        var one = Assert.Single(report.Cases);
        Assert.Equal((1.0, 1.0), (one.MeanDsc, one.MeanNsd));
        Assert.All(one.Structures, part => Assert.Equal(part.ReferenceVoxels, part.PredictionVoxels));
    }

    [Theory]
    [InlineData("crasher", "crash", "code 3")]
    [InlineData("wrong-grid", "geometry", "It has 11×10×8 voxels")]
    [InlineData("sleeper", "time", "time limit of 3 s")]
    [InlineData("quitter", "output", "left no outputs/case_")]
    [InlineData("memory-bomb", "memory", "memory limit of 48 MiB")]
    [InlineData("junk", "output", "outputUnreadable")]
    [InlineData("fractional-labels", "labels", "outputNotLabels")]
    [InlineData("symlink", "output", "outputForbidden")]
    public async Task Check_BadImage_FailsWithTheRightFinding(string name, string code, string words)
    {
        var report = await CheckAsync($"sh {name}/predict.sh");

        var finding = Assert.Single(report.Findings, finding => finding.Level == FindingLevel.Fail);
        Assert.Equal(code, finding.Code);
        Assert.Contains(words, finding.What, StringComparison.Ordinal);
        Assert.NotNull(finding.ToDo);
        Assert.False(report.IsPass);
    }

    [Fact]
    public async Task Check_PredictionByChance_FailsForDeterminism()
    {
        var report = await CheckAsync(Lottery);

        var finding = Assert.Single(report.Findings, finding => finding.Level == FindingLevel.Fail);
        Assert.Equal("determinism", finding.Code);
        Assert.InRange(report.Repeat!.LeastDsc!.Value, 0, 0.9);
    }

    [Fact]
    public async Task Check_LabelsOfAnotherChallenge_FailsAndNamesThem()
    {
        var report = await CheckAsync(OtherNumbers);

        var finding = Assert.Single(report.Findings, finding => finding.Level == FindingLevel.Fail);
        Assert.Equal("labels", finding.Code);
        Assert.Equal(99, Assert.Single(report.Cases[0].UnknownLabels).Label);
        Assert.Contains(report.Findings, finding => finding is { Code: "labels", Level: FindingLevel.Warning }
            && finding.What.Contains("what is called label 99 lies where", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_ExchangedNumbers_AreSaid_ButNotAsAPrivatePhaseShowsThem()
    {
        var open = await CheckAsync(ExchangedNumbers);
        var asShown = await CheckAsync(ExchangedNumbers, isPhaseNamed: true);

        Assert.Contains(open.Findings, finding => finding is { Code: "labels", Level: FindingLevel.Warning }
            && finding.What.Contains("look exchanged (DSC 1.00 that way, 0.00 as given)", StringComparison.Ordinal));
        Assert.Equal(LogPolicy.Private, EngineFixture.Challenge.Logs);
        Assert.DoesNotContain(asShown.Findings, finding => finding.What.Contains("exchanged", StringComparison.Ordinal));
        Assert.Null(asShown.Cases[0].MixUp);
    }

    [Fact]
    public async Task Check_CrashedContainer_ShowsWhatItPrinted_WhateverThePhase()
    {
        var report = await CheckAsync("echo the reason is this >&2; exit 9");

        Assert.Equal(LogPolicy.Private, EngineFixture.Challenge.Logs);
        Assert.Contains("  | the reason is this\n", CheckText.Of(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NoEntryScript_RunsNoCase()
    {
        var report = await CheckAsync(command: null);

        Assert.Equal("contract", Assert.Single(report.Findings, finding => finding.Code == "contract").Code);
        Assert.Null(Assert.Single(report.Cases).Ending);
        Assert.False(report.IsPass);
    }

    [Fact]
    public async Task Check_NoBash_SaysSo()
    {
        var image = fixture.BuildImage() with { Environment = ["PATH=/bin", "BASH=none"] }; // another than the engine holds
        var report = await CheckAsync("sh well-behaved/predict.sh", image: image);

        Assert.Contains(report.Findings, finding =>
            finding is { Code: "contract", Level: FindingLevel.Fail } && finding.What.StartsWith("/bin/bash", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_RefusedImage_FailsWithTheReasonOfTheIntake()
    {
        var report = await CheckAsync("true", image: fixture.BuildImage() with { Volumes = ["/workspace"] });

        Assert.Contains("VOLUME", Assert.Single(report.Findings).What, StringComparison.Ordinal);
        Assert.False(report.IsPass);
    }

    [Fact]
    public async Task Check_CaseWithoutReference_IsHeldToItsGridAndNotScored()
    {
        var report = await CheckAsync("sh well-behaved/predict.sh", withReference: false);
        var wrong = await CheckAsync("sh wrong-grid/predict.sh", withReference: false);

        Assert.True(report.IsPass, CheckText.Of(report));
        Assert.Null(report.Cases[0].MeanDsc);
        Assert.All(report.Cases[0].Structures, part => Assert.True(part.PredictionVoxels > 0));
        Assert.Contains(wrong.Findings, finding => finding is { Code: "geometry", Level: FindingLevel.Fail });
    }

    [Fact]
    public async Task Check_WithAnOutputFolder_KeepsWhatRunsTheCaseAgain()
    {
        var output = _folder.File("kept");

        var report = await CheckAsync("sh well-behaved/predict.sh", output: output);

        Assert.True(File.Exists(Path.Combine(output, "logs", "secret.log")));
        Assert.Single(Directory.GetFiles(Path.Combine(output, "predictions", "secret"), "*.nii.gz"));
        var script = await File.ReadAllTextAsync(Path.Combine(output, "replay", "secret.sh"));
        Assert.Contains(report.Image.Digest!, script, StringComparison.Ordinal);
        Assert.StartsWith("docker load --input ", report.Replay[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ImageOfTheEngine_StaysAsItWas()
    {
        var before = (await fixture.Engine.FindImageAsync(fixture.Image.Digest.Value))!.RepoTags;
        var request = Request("true", SubmissionLayout.Flat, fixture.Image.Digest.Value, withReference: true, output: null);

        await using (var folder = await CheckFolder.MakeAsync(fixture.Engine, default))
        {
            await new ImageCheck(fixture.Engine, folder, Settings, _ => { }).RunAsync(request, default);
        }

        Assert.Equal(before, (await fixture.Engine.FindImageAsync(fixture.Image.Digest.Value))!.RepoTags);
    }

    private static RunSettings Settings => new() { ManifestSha256 = new string('0', 64), RetryDelays = [] };

    private async Task<CheckReport> CheckAsync(
        string? command,
        SubmissionLayout layout = SubmissionLayout.Flat,
        TestImage? image = null,
        bool withReference = true,
        string? output = null,
        bool isPhaseNamed = false)
    {
        var archive = _folder.File("mine.tar");
        await File.WriteAllBytesAsync(archive, (image ?? WithBash(fixture.BuildImage())).Build());
        var folder = await CheckFolder.MakeAsync(fixture.Engine, default);
        CheckReport report;
        await using (folder)
        {
            var request = Request(command, layout, archive, withReference, output) with { IsPhaseNamed = isPhaseNamed };
            var facts = await new ImageCheck(fixture.Engine, folder, Settings, _ => { }).RunAsync(request, default);
            report = CheckReport.Of(facts, "tests");
        }

        await AssertNothingLeftAsync(folder, report);
        return report;
    }

    private static TestImage WithBash(TestImage image) => image with
    {
        Files = new Dictionary<string, byte[]>(image.Files) { ["bin/bash"] = Encoding.ASCII.GetBytes(Shell) },
    };

    private CheckRequest Request(string? command, SubmissionLayout layout, string image, bool withReference, string? output)
    {
        var folder = Path.GetDirectoryName(fixture.NewCase("secret").CtPath)!;
        var own = _folder.File(Path.GetRandomFileName(), "secret");
        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        Directory.Move(folder, own);
        if (!withReference)
        {
            Directory.Delete(Path.Combine(own, "segmentations"), recursive: true);
        }

        var draft = new SubmissionDraft { Team = "check", Name = "check", Challenge = "check", Layout = layout };
        return new CheckRequest
        {
            Image = image,
            Draft = command is null ? draft : draft with { Command = command },
            Challenge = EngineFixture.Challenge,
            ChallengeName = "tests",
            CaseFolders = [own],
            Output = output,
        };
    }

    private async Task AssertNothingLeftAsync(CheckFolder folder, CheckReport report)
    {
        await fixture.AssertNothingLeftAsync(folder.Workspace);
        Assert.False(Directory.Exists(Path.GetDirectoryName(folder.Workspace.Root)));
        Assert.Null(await fixture.Engine.FindImageAsync(folder.ImageName));
        Assert.Null(report.Image.Digest is { } digest ? await fixture.Engine.FindImageAsync(digest) : null);
    }
}
