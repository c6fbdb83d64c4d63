using System.Globalization;
using Touchstone.Leaderboard.Results;
using Touchstone.Leaderboard.Statistics;

namespace Touchstone.Leaderboard.Site;

/// <summary>How numbers and names are written for readers. Undefined is an en dash.</summary>
internal static class Show
{
    public const string Undefined = "–";

    /// <summary>A fraction as percent with one decimal and without the sign, as the field prints DSC and NSD.</summary>
    public static string Percent(double? fraction) => Signed(fraction * 100, "0.0");

    /// <summary>An interval of fractions, in percent with one decimal.</summary>
    public static string Percent(Interval? interval) =>
        interval is { } range ? $"{Percent(range.Low)} to {Percent(range.High)}" : Undefined;

    /// <summary>Seconds: two digits below ten, whole above a hundred.</summary>
    public static string Seconds(double? seconds) => seconds switch
    {
        null => Undefined,
        < 10 => Signed(seconds, "0.00"),
        < 100 => Signed(seconds, "0.0"),
        _ => Signed(seconds, "0"),
    };

    /// <summary>What a scheme ranks by: four digits that count.</summary>
    public static string Value(double? value) => value is { } number && number != 0 && Math.Abs(number) < 0.001
        ? Signed(number, "0.000e+0") : Signed(value, "0.####");

    /// <summary>Bytes in the largest binary unit that gives a number of 1 or more.</summary>
    public static string Bytes(long? bytes) => bytes switch
    {
        null => Undefined,
        < 1 << 20 => Signed(bytes / 1024.0, "0.#") + " KiB",
        < 1 << 30 => Signed(bytes / 1048576.0, "0.#") + " MiB",
        _ => Signed(bytes / 1073741824.0, "0.#") + " GiB",
    };

    /// <summary>A p-value; undefined where there is nothing to test.</summary>
    public static string P(double? p) => p < 0.001 ? "< 0.001" : Signed(p, "0.000");

    /// <summary>Where the p of some comparisons come from, in a sentence or two.</summary>
    public static string Methods(IReadOnlyList<Comparison> comparisons)
    {
        var methods = comparisons.Select(pair => pair.Test.Method).ToHashSet();
        var limit = Signed(SignedRank.LargestExact, "0");
        return (methods.Contains(PMethod.Exact), methods.Contains(PMethod.Approximation)) switch
        {
            (true, false) => $"Every p is exact: no two entries differ on more than {limit} cases.",
            (false, true) => $"Every p is a normal approximation: all that differ do so on more than {limit} cases.",
            (true, true) => $"p marked † is exact, where two entries differ on {limit} cases or fewer; the others are normal approximations.",
            (false, false) => "",
        } + (methods.Contains(null) ? " Entries that do not differ on any case, or only by rounding, have no p." : "");
    }

    /// <summary>A number in a format of .NET, with a real minus sign.</summary>
    public static string Signed(double? number, string format) =>
        number is { } value
            ? value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−')
            : Undefined;

    /// <summary>A time to the minute, UTC.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 case</c>, <c>2 cases</c>.</summary>
    public static string Count(int count, string noun, string? plural = null) =>
        Counted.Of(count, noun, plural);

    /// <summary>A rank; a baseline's would-be rank stands in brackets.</summary>
    public static string Rank(int? rank, bool isBaseline) =>
        rank is not null && isBaseline ? $"({Signed(rank, "0")})" : Signed(rank, "0");

    /// <summary>A range of ranks: <c>2</c> or <c>1–3</c>.</summary>
    public static string Ranks(Interval? interval) => interval switch
    {
        null => Undefined,
        { } range when range.Low == range.High => Signed(range.Low, "0.#"),
        { } range => $"{Signed(range.Low, "0.#")}–{Signed(range.High, "0.#")}",
    };

    /// <inheritdoc cref="ContestStructure.CaptionOf"/>
    public static string Structure(string name) => ContestStructure.CaptionOf(name);

    /// <summary>The same in a contest, which may call it otherwise.</summary>
    public static string Structure(Contest contest, string name) => contest.About(name).Caption ?? Structure(name);

    /// <summary>A metadata column for readers: <c>study_type</c> is study type.</summary>
    public static string Attribute(string name) => name.Replace('_', ' ');

    /// <summary>A metric's name.</summary>
    public static string Metric(Metric metric) => metric switch
    {
        Leaderboard.Metric.Dsc => "DSC",
        Leaderboard.Metric.Nsd => "NSD",
    };

    /// <summary>A scheme in a sentence, after "ranked by".</summary>
    public static string Scheme(Scheme scheme) => scheme switch
    {
        Leaderboard.Scheme.MeanThenRank => "mean DSC",
        Leaderboard.Scheme.MedianThenRank => "median DSC",
        Leaderboard.Scheme.RankThenMean => "mean rank within cases, by DSC",
        Leaderboard.Scheme.SignificantWins => "significant wins on DSC",
        Leaderboard.Scheme.BodyMaps2024 => "the BodyMaps 2024 score, DSC × NSD / (seconds × area of GPU memory over time)",
        Leaderboard.Scheme.Flare => "the FLARE scheme, mean rank by DSC, NSD, seconds and GPU memory",
        Leaderboard.Scheme.Pareto => "Pareto front of DSC and seconds",
    };

    /// <summary>What ranks a board, and what should and cannot.</summary>
    public static string Ranked(Standings standings)
    {
        if (standings is { HasRanks: false, Unranked: { } nothing })
        {
            return $"The rules rank by {Scheme(nothing.Scheme)}. {nothing.Reason} Until then nobody has a rank.";
        }

        var nobody = standings.Unranked is { } unranked
            ? $"The rules rank by {Scheme(unranked.Scheme)}. {unranked.Reason} Until then the board is ranked by "
            : "Ranked by ";
        var without = standings.Sensitivity.Schemes[0].Rows.Count(row => row.Value is null);
        return nobody + Scheme(standings.Scheme) + "." + (without == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" It is undefined for {Count(without, "entry", "entries")}, shown below the others without a rank."))
            + WeightsSentence(standings);
    }

    /// <summary>What the structures weigh, at the end of a caption; nothing when all weigh the same.</summary>
    public static string WeightsCaption(Standings standings) =>
        standings.Weights is null ? "" : $"; means over structures weigh {StructureWeights.Words(standings.Weights)}";

    /// <summary>The same as a sentence behind others.</summary>
    public static string WeightsSentence(Standings standings) =>
        standings.Weights is null ? "" : $" Means over structures are weighted: {StructureWeights.Words(standings.Weights)}.";

    /// <summary>A scheme with its metric and what it does with missing cases, in few words.</summary>
    public static string Scheme(SchemeTable table)
    {
        var name = table.Scheme switch
        {
            Leaderboard.Scheme.MeanThenRank => "Mean",
            Leaderboard.Scheme.MedianThenRank => "Median",
            Leaderboard.Scheme.RankThenMean => "Rank, then mean",
            Leaderboard.Scheme.SignificantWins => "Significant wins",
            Leaderboard.Scheme.BodyMaps2024 => "BodyMaps 2024",
            Leaderboard.Scheme.Flare => "FLARE",
            Leaderboard.Scheme.Pareto => "Pareto",
        };
        return name + (table.Metric is { } metric ? " " + Metric(metric) : "")
            + (table.Missing == MissingRule.Dropped ? ", failures dropped" : "");
    }

    /// <summary>A scope's name for readers.</summary>
    public static string Scope(Scope scope, Contest contest) => scope.Kind switch
    {
        ScopeKind.All => "All cases",
        ScopeKind.Iid => "In distribution (IID)",
        ScopeKind.Ood => "Out of distribution (OOD)",
        ScopeKind.Dataset => contest.Datasets.First(dataset => dataset.Id == scope.Dataset).Title,
    };

    /// <summary>An ending in two or three words.</summary>
    public static string Ending(Ending ending) => ending switch
    {
        Results.Ending.Completed => "completed",
        Results.Ending.TimedOut => "timed out",
        Results.Ending.OutOfMemory => "out of memory",
        Results.Ending.Crashed => "crashed",
        Results.Ending.OutputMissing => "no output",
        Results.Ending.OutputUnreadable => "unreadable output",
        Results.Ending.OutputWrongGrid => "wrong grid",
        Results.Ending.OutputNotLabels => "not a label map",
        Results.Ending.OutputTooLarge => "output too large",
        Results.Ending.OutputForbidden => "forbidden output",
    };
}
