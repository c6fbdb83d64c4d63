namespace Touchstone.Baselines.Training;

/// <summary>Training that cannot begin or go on; the message says why, every mistake on a line of its own.</summary>
internal sealed class TrainingException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Complains about all mistakes at once, if there are any.</summary>
    /// <param name="where">What was looked at, such as a file.</param>
    /// <param name="faults">One sentence each.</param>
    /// <exception cref="TrainingException">There is at least one.</exception>
    public static void ThrowIfAny(string where, IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new TrainingException($"{where}: {string.Join($"\n{where}: ", faults)}");
        }
    }
}
