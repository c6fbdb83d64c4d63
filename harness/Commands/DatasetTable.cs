using System.Globalization;
using Spectre.Console;
using Touchstone.Harness.Datasets;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Commands;

/// <summary>Datasets as text for the terminal.</summary>
internal static class DatasetTable
{
    public static Table Of(IReadOnlyList<Dataset> datasets)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("Id").NoWrap())
            .AddColumns("Purpose", "Distribution", "Access")
            .AddColumn(new TableColumn("Volumes").RightAligned().NoWrap())
            .AddColumn(new TableColumn("Structures").RightAligned())
            .AddColumn(new TableColumn("Hospitals").RightAligned())
            .AddColumns("Licence", "Here");
        foreach (var one in datasets)
        {
            table.AddRow(
                (one.PartOf is null ? "" : "· ") + Markup.Escape(one.Id),
                one.Purpose == DatasetPurpose.ExternalValidation ? "validation" : Purpose(one),
                Distribution(one),
                one.IsPublic ? "public" : "private",
                Volumes(one),
                Number(one.Structures),
                Number(one.Hospitals),
                Text(one.License),
                Place(one));
        }

        return table;
    }

    public static void Describe(IAnsiConsole console, Dataset one, IReadOnlyList<DatasetCase>? cases)
    {
        var grid = new Spectre.Console.Grid().AddColumn().AddColumn();
        grid.AddRow("[bold]Dataset[/]", $"[bold]{Markup.Escape(one.Title)}[/]{(one.Year is { } year ? $" ({year})" : "")}");
        grid.AddRow("Id", Markup.Escape(one.Id));
        grid.AddRow("Purpose", Purpose(one));
        grid.AddRow("Distribution", Distribution(one));
        grid.AddRow("Access", one.IsPublic ? "public" : "private");
        grid.AddRow("Part of", Text(one.PartOf));
        grid.AddRow("Volumes", $"{Number(one.VolumesAccessible)} accessible of {Number(one.VolumesOriginal)}");
        grid.AddRow("Structures", Number(one.Structures));
        grid.AddRow("Hospitals", Number(one.Hospitals));
        grid.AddRow("Countries", Text(string.Join(' ', one.Countries)));
        grid.AddRow("Annotators", Text(string.Join(" & ", one.Annotators)));
        grid.AddRow("Licence", Text(one.License));
        grid.AddRow("Source", Text(one.Source));
        grid.AddRow("Note", Text(one.Note));
        grid.AddRow("Here", Markup.Escape(one.Files?.Root ?? "catalogue entry only"));
        console.Write(grid);
        if (cases is null)
        {
            console.PrintLine(one.Files is null ? "" : "Its folder is absent on this machine, so there are no cases to show.");
            return;
        }

        var columns = cases.SelectMany(item => item.Metadata.Keys).Distinct().ToList();
        var table = new Table().Border(TableBorder.Simple).AddColumns(["Case", "Distribution", .. columns.Select(Markup.Escape)]);
        foreach (var item in cases)
        {
            table.AddRow(
            [
                Markup.Escape(item.Id),
                item.IsInDistribution ? "IID" : "OOD",
                .. columns.Select(column => Text(item.Metadata.GetValueOrDefault(column))),
            ]);
        }

        console.Write(table);
    }

    public static void Verified(IAnsiConsole console, IReadOnlyList<DatasetVerification> found)
    {
        foreach (var one in found.Where(one => one.Status != VerificationStatus.CatalogueOnly))
        {
            console.MarkupLine(one.Status switch
            {
                VerificationStatus.Verified => string.Create(CultureInfo.InvariantCulture,
                    $"[green]verified[/] {one.Dataset}: {Counted.Of(one.Cases, "case")}, {Counted.Of(one.Masks, "mask")} on their CT's grid, "
                    + $"{(one.Files > 0 ? $"{Counted.Of(one.Files, "file")} with the right SHA-256" : "no checksums in the manifest")}; every byte was read"),
                VerificationStatus.Absent =>
                    $"[yellow]absent[/]   {one.Dataset}: {Markup.Escape(string.Join(' ', one.Problems))}",
                VerificationStatus.Faulty => $"[red]faulty[/]   {one.Dataset}: {Counted.Of(one.Problems.Count, "problem")}",
                VerificationStatus.CatalogueOnly => "",
            });
            foreach (var problem in one.Status == VerificationStatus.Faulty ? one.Problems : [])
            {
                console.PrintLine($"         {problem}");
            }

            if (one.Warnings.Count > 0)
            {
                console.MarkupLine($"[yellow]odd[/]      {one.Dataset}: {Counted.Of(one.Warnings.Count, "warning")}");
            }

            foreach (var warning in one.Warnings)
            {
                console.PrintLine($"         {warning}");
            }
        }

        var catalogueOnly = found.Count(one => one.Status == VerificationStatus.CatalogueOnly);
        if (catalogueOnly > 0)
        {
            console.PrintLine($"{catalogueOnly} catalogue entries have no cases on this machine.");
        }
    }

    private static string Purpose(Dataset one) => one.Purpose switch
    {
        DatasetPurpose.Training => "training",
        DatasetPurpose.ExternalValidation => "external validation",
        DatasetPurpose.Demonstration => "demonstration",
    };

    private static string Distribution(Dataset one) => one.Distribution switch
    {
        Datasets.Distribution.Iid => "IID",
        Datasets.Distribution.Ood => "OOD",
        Datasets.Distribution.Mixed => "mixed",
    };

    private static string Place(Dataset one) => one.Files switch
    {
        null => "–",
        { } files when Directory.Exists(files.Root) => "yes",
        _ => "absent",
    };

    private static string Volumes(Dataset one) =>
        one.VolumesAccessible == one.VolumesOriginal
            ? Number(one.VolumesOriginal)
            : $"{Number(one.VolumesAccessible)} of {Number(one.VolumesOriginal)}";

    private static string Number(int? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";

    private static string Text(string? text) => string.IsNullOrEmpty(text) ? "–" : Markup.Escape(text);
}
