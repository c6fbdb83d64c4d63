using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Site;
using Touchstone.Leaderboard.Viewer;
using Touchstone.Submissions;

namespace Touchstone.Harness.Boards;

/// <summary>
/// Makes what the case viewer shows out of the cases of a dataset and the predictions that a workspace keeps. Only of
/// datasets that <see cref="CaseRelease"/> grants; a case that cannot be shown as it was scored is left out and told.
/// </summary>
/// <param name="workspace">Where the predictions lie.</param>
/// <param name="manifest">Which datasets may be shown, and where their cases lie.</param>
/// <param name="tell">Where sentences for the operator go.</param>
public sealed class CasePreviews(Workspace workspace, Manifest manifest, Action<string> tell)
{
    /// <summary>Cases of a dataset when nobody says how many.</summary>
    public const int DefaultCases = 12;

    /// <summary>Most bytes of volumes in a site; cases beyond are left out, the easiest first.</summary>
    public const long MostBytes = 512L << 20;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _volumes = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>The volumes of all boards so far, by SHA-256.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Volumes => _volumes;

    /// <summary>Adds cases to look into to a board.</summary>
    /// <param name="board">The board.</param>
    /// <param name="challenge">Its rules.</param>
    /// <param name="most">Cases of a dataset, hardest first; see <see cref="CaseChoice.Hardest"/>.</param>
    /// <exception cref="DatasetAbsentException">A dataset's case list is not on this machine.</exception>
    public Board AddTo(Board board, Challenge challenge, int most)
    {
        var shown = new List<ShownCase>();
        foreach (var dataset in challenge.Datasets.Select(manifest.Find).OfType<Dataset>().Where(CaseRelease.IsGranted))
        {
            var cases = dataset.Files is { } files && File.Exists(files.CaseList)
                ? CaseList.Read(dataset).ToDictionary(one => one.Id) : [];
            foreach (var choice in CaseChoice.Hardest(board, dataset.Id, most).Select(one => Current(one, dataset)))
            {
                if (cases.GetValueOrDefault(choice.Case) is { } item && Show(item, choice, challenge) is { } one)
                {
                    shown.Add(one);
                }
            }
        }

        return board.With(shown);
    }

    /// <summary>Without results that were scored against masks that the dataset has no more.</summary>
    private static CaseChoice Current(CaseChoice choice, Dataset dataset) => choice with
    {
        Results = [.. choice.Results.Where(result => (result.Reference?.Version ?? 1) == dataset.ReferenceVersion)],
    };

    private ShownCase? Show(DatasetCase files, CaseChoice choice, Challenge challenge)
    {
        if (_bytes >= MostBytes)
        {
            tell($"{choice.Dataset}/{choice.Case} is not in the viewer: its volumes have {MostBytes >> 20} MB already.");
            return null;
        }

        try
        {
            var hash = File.Exists(files.CtPath) ? FileHash.Of(GivenCt.PathOf(workspace, files)) : "";
            if (choice.Results.Any(result => result.Case.CtSha256 != hash))
            {
                tell($"{choice.Dataset}/{choice.Case} is not in the viewer: its CT is not the one that was run.");
                return null;
            }

            var grid = PreviewGrid.Over(VolumeFile.ReadGeometry(files.CtPath));
            var reference = Preview.ReadLabels(files.ReadReference(), challenge.Structures, grid);
            var step = grid.Coarse.Grid.SpacingMm;
            return new ShownCase
            {
                Dataset = choice.Dataset,
                Case = choice.Case,
                StepMm = [Math.Round(step.X, 2), Math.Round(step.Y, 2), Math.Round(step.Z, 2)],
                Ct = Keep(NiftiWriter.Encode(
                    grid.Coarse, Preview.ReadCt(files.CtPath, grid), Preview.CtStepHu, Preview.CtLeastHu)),
                Reference = Keep(NiftiWriter.Encode(grid.Coarse, reference)),
                Places = Places(reference, grid, challenge),
                Predictions = [.. choice.Results.Select(result => Show(result, challenge, grid)).OfType<ShownPrediction>()],
            };
        }
        catch (VolumeException fault)
        {
            tell($"{choice.Dataset}/{choice.Case} is not in the viewer: {fault.Message}");
            return null;
        }
    }

    private ShownPrediction? Show(CaseResult result, Challenge challenge, PreviewGrid grid)
    {
        try
        {
            return Read(result, challenge, grid);
        }
        catch (VolumeException fault)
        {
            tell($"{result.Entry.Id} on {result.Case.Dataset}/{result.Case.Case} is not in the viewer: {fault.Message}");
            return null;
        }
    }

    private ShownPrediction? Read(CaseResult result, Challenge challenge, PreviewGrid grid)
    {
        var folder = Path.Combine(
            workspace.CasePath(result.Entry.Id, result.Case.Dataset, result.Case.Case), "prediction");
        if (result.Outputs.Count == 0 || result.Outputs.Any(output =>
            Path.Combine(folder, output.Path) is var file && (!File.Exists(file) || FileHash.Of(file) != output.Sha256)))
        {
            tell($"{result.Entry.Id} on {result.Case.Dataset}/{result.Case.Case} is not in the viewer: "
                + $"what lies in {folder} is not what was scored.");
            return null;
        }

        var labels = Preview.ReadLabels(
            StoredPrediction.Source(
                folder,
                result.Case.Pseudonym,
                result.Entry.Layout == "folder" ? SubmissionLayout.Folder : SubmissionLayout.Flat,
                challenge),
            challenge.Structures,
            grid);
        return new ShownPrediction(
            result.Entry.Id, Keep(NiftiWriter.Encode(grid.Coarse, labels)), Places(labels, grid, challenge));
    }

    private static ShownPlace[] Places(byte[] cells, PreviewGrid grid, Challenge challenge) =>
    [
        .. from pair in challenge.Structures.Index()
           let cell = Preview.BestSeen(cells, grid, (byte)(pair.Index + 1))
           where cell is not null
           let at = grid.WorldOf(cell.Value)
           select new ShownPlace(pair.Item, Math.Round(at.X, 1), Math.Round(at.Y, 1), Math.Round(at.Z, 1)),
    ];

    private string Keep(byte[] nifti)
    {
        var script = CaseFiles.Script(nifti);
        var sha256 = CaseFiles.Sha256Of(script);
        _bytes += _volumes.TryAdd(sha256, script) ? script.Length : 0;
        return sha256;
    }
}
