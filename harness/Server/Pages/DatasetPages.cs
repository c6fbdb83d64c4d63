using Touchstone.Harness.Datasets;
using Touchstone.Harness.Server.Api;
using Touchstone.Leaderboard.Live;
using Touchstone.Leaderboard.Live.Organiser;
using Touchstone.Leaderboard.Store;

namespace Touchstone.Harness.Server.Pages;

/// <summary>Datasets with the versions of their reference masks.</summary>
internal static class DatasetPages
{
    /// <summary>The page.</summary>
    public static Task ShowAsync(Exchange exchange) => exchange.SendAsync(Write(exchange, exchange.Frame(), FormInput.Blank));

    /// <summary>Asks a worker to score a dataset anew.</summary>
    public static Task RescoreAsync(Exchange exchange) => exchange.DoAsync(
        input =>
        {
            var id = exchange.Parameter("id");
            DecisionRoutes.Rescore(exchange, id);
            var reason = string.Join(' ', input.Text(FieldNames.Reason).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            exchange.Desk.Store.Note(exchange.Identity.Actor, "rescore-reason", id, reason);
            return exchange.GoAsync("/organiser/datasets?done=rescore");
        },
        (frame, input) => Write(exchange, frame, input));

    private static string Write(Exchange exchange, LiveFrame frame, FormInput input)
    {
        var desk = exchange.Desk;
        var used = desk.Challenges.All.SelectMany(challenge => challenge.Phases).SelectMany(phase => phase.Datasets).ToHashSet();
        IReadOnlyList<ReferenceCount> counts = [];
        if (File.Exists(desk.Workspace.StorePath))
        {
            using var store = ResultStore.Open(desk.Workspace.StorePath);
            counts = store.ReadReferenceCounts();
        }

        var errands = desk.Store.Errands();
        return DatasetsPage.Write(frame, [.. desk.ReadManifest().Datasets
            .Where(dataset => used.Contains(dataset.Id) && dataset.Files is not null)
            .Select(dataset => Line(
                dataset,
                [.. counts.Where(count => count.Dataset == dataset.Id)],
                errands.FirstOrDefault(errand => errand.Dataset == dataset.Id)))], input);
    }

    private static DatasetLine Line(Dataset dataset, IReadOnlyList<ReferenceCount> counts, Intake.Errand? last)
    {
        var versions = counts.Select(count => new ReferenceVersion(
            (int?)count.Version, (int)count.Results, (int)count.Rescored, count.Version == dataset.ReferenceVersion)).ToList();
        if (versions.All(version => !version.IsPresent))
        {
            versions.Add(new ReferenceVersion(dataset.ReferenceVersion, 0, 0, IsPresent: true));
        }

        var stale = counts.Where(count => count.Version != dataset.ReferenceVersion).Sum(count => (int)count.Results);
        return new DatasetLine(
            dataset.Id, dataset.Title, CaseList.Read(dataset).Count, versions, stale,
            last is { EndedAt: null } ? "A worker scores it anew as soon as it is free." : "")
        {
            LastReport = last?.Report,
        };
    }
}
