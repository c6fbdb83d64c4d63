namespace Touchstone.Leaderboard.Charts;

/// <summary>Bars of one method, a bar in each cluster.</summary>
/// <param name="Name">For readers.</param>
/// <param name="Values">Fractions with their standard deviations, in the order of clusters; null draws no bar.</param>
internal sealed record BarSeries(string Name, IReadOnlyList<(double Mean, double? Sd)?> Values);

/// <summary>Standing bars in clusters, a colour and a place within the cluster for each method.</summary>
internal static class ClusterBars
{
    private static readonly string[] Colors = ["$gone", "$mark", "$second", "$good", "$bad", "$gold", "$bronze", "$silver"];

    /// <summary>Draws bars from 0.</summary>
    /// <param name="head">Name, title and note.</param>
    /// <param name="measure">What the values are; shown in percent.</param>
    /// <param name="clusters">What the clusters are called.</param>
    /// <param name="series">The methods.</param>
    public static Figure Draw(
        (string Name, string Title, string Note) head, string measure, IReadOnlyList<string> clusters, IReadOnlyList<BarSeries> series) => new()
        {
            Name = head.Name,
            Title = head.Title,
            Note = head.Note,
            Alt = $"Bars of {measure}. " + string.Join(" ", series.Select(one => $"{one.Name}: "
                + string.Join(", ", one.Values.Zip(clusters).Select(pair => $"{pair.Second} {Paint.Number(pair.First?.Mean * 100)} %")) + ".")),
            Width = Paint.Width,
            Height = 380,
            Option = Option(measure, clusters, series),
            Table = new FigureTable(
                [("Method", false), .. clusters.SelectMany(cluster => new[] { ($"{cluster}, mean %", true), ("s.d.", true) })],
                [.. series.Select(one => (string[])
                [
                    one.Name,
                    .. one.Values.SelectMany(value => new[] { Paint.Number(value?.Mean * 100), Paint.Number(value?.Sd * 100) }),
                ])]),
        };

    private static string Option(string measure, IReadOnlyList<string> clusters, IReadOnlyList<BarSeries> series)
    {
        var tops = series.SelectMany(one => one.Values).OfType<(double Mean, double? Sd)>()
            .Select(value => Paint.Percent(value.Mean + (value.Sd ?? 0)));
        return Figure.Json(new
        {
            grid = Paint.Grid(64, top: Paint.LegendRoom(series.Select(one => one.Name)), bottom: 40),
            tooltip = Paint.Tooltip,
            legend = Paint.Legend(series.Select(one => one.Name), 64),
            xAxis = new
            {
                type = "category",
                data = clusters,
                axisLabel = new { color = "$ink", interval = 0 },
                axisLine = new { show = true, lineStyle = new { color = "$soft" } },
                axisTick = new { show = false },
            },
            yAxis = Paint.Values(AxisRange.Around(tops.Append(0).Append(1)), measure + " %", isVertical: true),
            series = series.Select((one, place) => new
            {
                type = "bar",
                name = one.Name,
                barMaxWidth = 44,
                itemStyle = new { color = Colors[place % Colors.Length] },
                label = new { show = true, position = "top", formatter = "{@[0]}", color = "$ink", fontSize = 11 },
                data = one.Values.Select((value, cluster) => new
                {
                    value = value is { } number ? Math.Round(number.Mean * 100, 1) : (double?)null,
                    tip = value is { } bar
                        ? $"{one.Name}, {clusters[cluster]}\n{Paint.Number(bar.Mean * 100)} ± {Paint.Number(bar.Sd * 100)} %" : null,
                }),
            }),
        });
    }
}
