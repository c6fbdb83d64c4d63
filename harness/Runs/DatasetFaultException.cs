namespace Touchstone.Harness.Runs;

/// <summary>A file of a dataset is absent or cannot be read. For operators: it names dataset, case and file.</summary>
public sealed class DatasetFaultException(string dataset, string caseId, string path, Exception inner)
    : Exception($"Dataset {dataset}, case {caseId}: {path}: {inner.Message} (touchstone datasets verify tells more)", inner)
{
    /// <summary>Id of the dataset.</summary>
    public string Dataset { get; } = dataset;

    /// <summary>Id of the case.</summary>
    public string CaseId { get; } = caseId;
}
