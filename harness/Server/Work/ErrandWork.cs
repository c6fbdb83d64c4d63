using Touchstone.Harness.Datasets;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;

namespace Touchstone.Harness.Server.Work;

/// <summary>Does what organisers asked for between attempts: scores datasets again.</summary>
/// <param name="workspace">Whose results.</param>
/// <param name="readManifest">Reads the datasets that there are now.</param>
/// <param name="store">Where errands are.</param>
/// <param name="clock">The clock.</param>
/// <param name="tell">Where lines for operators go.</param>
internal sealed class ErrandWork(
    Workspace workspace, Func<Manifest> readManifest, IntakeStore store, TimeProvider clock, Action<string> tell)
{
    /// <summary>Does all that wait.</summary>
    /// <param name="token">Ends it; what is half done is begun again by the next worker.</param>
    /// <returns>Whether there was any.</returns>
    public bool DoAll(CancellationToken token)
    {
        var isAny = false;
        while (!token.IsCancellationRequested && store.NextErrand() is { } errand)
        {
            isAny = true;
            var report = Do(errand, token);
            store.EndErrand(errand, report);
            tell(report);
        }

        return isAny;
    }

    private string Do(Errand errand, CancellationToken token)
    {
        try
        {
            var manifest = readManifest();
            return manifest.Find(errand.Dataset) is { Files: not null } dataset
                ? DatasetRescoring.Run(workspace, manifest, dataset, only: null, clock, tell, token).Describe(dataset)
                : $"The manifest has no dataset {errand.Dataset} with cases on this machine any more.";
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whatever it is: an errand that ended the worker would be the next worker's first.
            return $"{errand.Dataset} could not be scored again: {fault.Message}";
        }
    }
}
