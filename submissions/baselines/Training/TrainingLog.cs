using System.Globalization;

namespace Touchstone.Baselines.Training;

/// <summary><c>log.csv</c> of the contract: a row per step.</summary>
internal sealed class TrainingLog : IDisposable
{
    private const string Header = "step,seconds,loss,learning_rate,validation_dsc";

    private readonly StreamWriter _file;

    private TrainingLog(StreamWriter file) => _file = file;

    /// <summary>Begins a log, or goes on with one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="steps">Steps that are done; rows of later ones are dropped, for they come again.</param>
    public static TrainingLog Open(string path, int steps)
    {
        var rows = steps > 0 && File.Exists(path)
            ? File.ReadLines(path).Skip(1).TakeWhile(row =>
                int.TryParse(row.Split(',')[0], CultureInfo.InvariantCulture, out var step) && step <= steps).ToList()
            : [];
        var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine(Header);
        rows.ForEach(file.WriteLine);
        file.Flush();
        return new TrainingLog(file);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="step">From 1.</param>
    /// <param name="seconds">Since training began, without what was lost.</param>
    /// <param name="loss">Of the step.</param>
    /// <param name="learningRate">Of the step.</param>
    /// <param name="dsc">Mean over validation cases and structures; null where nothing was validated.</param>
    public void Add(int step, double seconds, double loss, double learningRate, double? dsc)
    {
        _file.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{step},{seconds:F2},{loss:G6},{learningRate:G6},{dsc:F6}"));
        if (dsc is not null)
        {
            _file.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
