namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>Every command with everything that it reads.</summary>
internal sealed class Targets : IDisposable
{
    /// <summary>Commands that are not run here, and why not.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotRun = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["transfer phantoms"] = "It reads nothing but the name of a folder, and takes seconds to fill one.",
    };

    private readonly List<Ground> _grounds = [];

    private Targets() => All = [];

    /// <summary>The targets.</summary>
    public IReadOnlyList<Target> All { get; private set; }

    /// <summary>Makes the grounds and what is done on them.</summary>
    /// <param name="touchstone">Runs a command line, which must succeed.</param>
    public static async Task<Targets> MakeAsync(Func<string[], Task> touchstone)
    {
        var targets = new Targets();
        var (ours, evaluation) = (await Grounds.WorkspaceAsync(touchstone), Grounds.Evaluation());
        var (study, transfer) = (await Grounds.StudyAsync(touchstone), StudyGround.Make());
        targets._grounds.AddRange([ours, evaluation, study, transfer]);
        targets.All =
        [
            .. OfWorkspace(ours), .. OfRules(ours), .. OfEngine(ours), .. OfEvaluation(evaluation), .. OfStudy(study), .. OfTransfer(transfer),
            .. ReaderTargets.All(targets._grounds.Add),
        ];
        return targets;
    }

    public void Dispose() => _grounds.ForEach(ground => ground.Dispose());

    private static IEnumerable<Target> OfWorkspace(Ground ours)
    {
        string[] workspace = ["--workspace", "@workspace"];
        string[] both = [.. workspace, "--manifest", "@datasets.manifest"];
        var beta = Beta(ours);
        Target Of(string command, params string[] words) => new(command, ours, words);
        yield return Of("datasets list", "--manifest", "@datasets.manifest");
        yield return Of("datasets list", "--json", "--manifest", "@datasets.manifest");
        yield return Of("datasets describe", "easy", "--manifest", "@datasets.manifest");
        yield return Of("datasets verify", "--manifest", "@datasets.manifest");
        yield return Of("datasets verify", "easy", "hard", "--json", "--manifest", "@datasets.manifest");
        yield return Of("datasets checksum", "easy", "--replace", "--manifest", "@datasets.manifest");
        yield return Of("datasets init", "@easy", "--id", "found", "--manifest", "@found.manifest") with { MayBeRefused = true };
        yield return Of("feedback", [beta, .. workspace]);
        yield return Of("feedback", [beta, "--json", .. workspace]);
        yield return Of("rank", ["--challenge", "ours", "--phase", "test", "--json", "@rank.json", .. both]);
        yield return Of("rank", ["--challenge", "@workspace/challenges/ours.yaml", "--phase", "debug", "--drop-missing", .. both]);
        yield return Of("publish", ["--output", "@site", "--include-embargoed", .. both]);
        yield return Of("publish", ["--output", "@new", "--challenge", "ours", .. both]);
        yield return Of("publish", "--output", "@again", "--from-bundle", "@site") with { Below = "site" };
        yield return Of("publish", "--output", "@again", "--from-bundle", "@site/results.json") with { Below = "site/results.json" };
        yield return Of("rescore", ["--dataset", "hard", .. both]);
        yield return Of("reindex", workspace);
        yield return Of("verify", "@workspace", "--manifest", "@datasets.manifest");
        yield return Of("verify", both);
        yield return Of("disqualify", [beta, "--undo", .. workspace]);
        yield return Of("withdraw", [beta, "--undo", .. workspace]);
        yield return Of("release", ["--challenge", "ours", "--phase", "test", .. workspace]);
        yield return Of("token create", ["--admin", "--name", "Eve", "--days", "3", .. workspace]);
        yield return Of("token invite", ["--note", "you", .. workspace]);
        yield return Of("serve", ["--no-worker", "--urls", "http://127.0.0.1:0", .. both]) with { Fixed = ["--urls"] };
        yield return Of("work", both);
    }

    private static IEnumerable<Target> OfRules(Ground ours)
    {
        string[] workspace = ["--workspace", "@workspace"];
        Target Of(string command, params string[] words) => new(command, ours, words);
        yield return Of("challenge new", "@new.yaml");
        yield return Of("challenge check", "@changed/ours.yaml") with { Below = "changed" };
        yield return Of("challenge show", ["ours", .. workspace]) with { Below = "workspace/challenges" };
        yield return Of("challenge show", ["@changed/ours.yaml", "--json", .. workspace]) with { Below = "changed" };
        yield return Of("challenge diff", ["ours", "@changed/ours.yaml", .. workspace]) with { MayBeRefused = true };
        yield return Of("challenge amend", ["@changed/ours.yaml", "--reason", "It reads better.", .. workspace]);
        yield return Of("challenge amend", ["@changed/ours.yaml", "--reason", "It reads better.", .. workspace]) with { Below = "changed" };
        yield return Of("submissions", workspace);
        yield return Of("submissions", ["--challenge", "ours", "--phase", "test", "--json", .. workspace]);
        yield return Of("token renew", ["T", .. workspace]) with { MayBeRefused = true };
        yield return Of("backup", ["@copy", "--without-images", .. workspace, "--manifest", "@datasets.manifest"]);
        yield return Of(
            "restore", "@backup", "--without-images", "--workspace", "@restored/workspace", "--manifest", "@restored/datasets.manifest") with
        {
            Below = "backup",
        };
    }

    private static IEnumerable<Target> OfEngine(Ground ours)
    {
        string[] both = ["--workspace", "@workspace", "--manifest", "@datasets.manifest"];
        var beta = Beta(ours);
        Target Of(string command, params string[] words) => new(command, ours, words);
        yield return Of("run", both);
        yield return Of("run", [beta, "--repeat", "2", .. both]);
        yield return Of("run", [beta, "--replay", "easy1", "--print-only", .. both]);
        yield return Of("run", "--show-sandbox", "--json");
        yield return Of(
            "submit",
            ["@image.tar", "--team", "T", "--name", "N", "--challenge", "@workspace/challenges/ours.yaml", "--trained-on", "easy", .. both]) with
        {
            Fixed = ["--server"],
        };
        yield return Of("submit", "@image.tar", "--name", "N", "--server", "http://127.0.0.1:1", "--token-file", "@token") with
        {
            Fixed = ["--server"],
            Below = "token",
            MayBeRefused = true,
        };
        yield return Of("check", "@image.tar", "--challenge", "@workspace/challenges/ours.yaml", "--phase", "test", "--case", "@easy/easy1");
        yield return Of("demo", "--output", "@demo", "--images", "@images") with { MayBeRefused = true };
        yield return Of("init", "@new-entry", "--template", "csharp");
    }

    private static string Beta(Ground ours) =>
        Directory.GetDirectories(Path.Combine(ours.Root, "workspace", "submissions")).Select(path => Path.GetFileName(path))
            .First(id => id.StartsWith("beta", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Target> OfEvaluation(Ground ground)
    {
        Target Of(string reference, string prediction, params string[] words) =>
            new("evaluate", ground, ["--reference", reference, "--prediction", prediction, .. words]);
        yield return Of("@reference/volumes", "@prediction/volumes", "--labels", "@labels.txt", "--json", "@out.json");
        yield return Of("@reference/volumes", "@prediction/volumes", "--labels", "@dataset.json", "--csv", "@out.csv");
        yield return Of("@reference/volumes/case1.nii.gz", "@prediction/volumes/case1.nii.gz", "--labels", "bodymaps-2024");
        yield return Of("@reference/masks", "@prediction/masks", "--protocol", "monai");
        yield return Of("@reference/cases", "@prediction/cases", "--threads", "2");
        yield return Of("@reference/meta", "@prediction/meta");
        yield return Of("@reference/plain.nii", "@prediction/plain.nii", "--labels", "@labels.txt", "--tolerance-mm", "2");
        yield return Of("@reference/volumes", "@prediction/masks", "--labels", "@labels.txt") with { MayBeRefused = true };
        yield return Of("@reference/volumes/case1.nii.gz", "@prediction/masks", "--labels", "@labels.txt") with { MayBeRefused = true };
    }

    private static IEnumerable<Target> OfStudy(Ground ground)
    {
        string[] both = ["--workspace", "@workspace", "--manifest", "@datasets.manifest"];
        Target Of(string command, params string[] words) => new(command, ground, words);
        yield return Of("import", ["@study", "--dataset", "elsewhere", .. both]);
        yield return Of(
            "import", "@study", "--dataset", "elsewhere", "--workspace", "@fresh", "--manifest", "@datasets.manifest", "--tolerance-mm", "2") with
        {
            Below = "study",
        };
        yield return Of(
            "import", ["@study", "--dataset", "elsewhere", "--metadata", "@study/meta.csv", "--trained-on", "elsewhere", .. both]) with
        {
            MayBeRefused = true,
            Below = "study",
        };
        yield return Of("rank", ["--challenge", "published-elsewhere", "--json", "-", .. both]) with { Below = "workspace" };
        yield return Of("publish", ["--output", "@site", .. both]);
        yield return Of("publish", "--output", "@again", "--from-bundle", "@site") with { Below = "site/results.json" };
        yield return Of("reindex", "--workspace", "@workspace");
    }

    private static IEnumerable<Target> OfTransfer(Ground ground)
    {
        string[] both = ["--workspace", "@workspace", "--manifest", "@datasets.manifest"];
        Target Of(string command, params string[] words) => new(command, ground, words);
        yield return Of("transfer run", ["@tiny.yaml", "--state", .. both]);
        yield return Of("transfer run", ["@tiny.yaml", "--json", .. both]);
        yield return Of("transfer run", ["@tiny.yaml", "--state", "--json", .. both]) with { Below = "tiny.yaml" };
        yield return Of("transfer report", ["@tiny.yaml", "--json", "-", .. both]);
        yield return Of("transfer report", ["@tiny.yaml", "--output", "@report", .. both]);
    }
}
