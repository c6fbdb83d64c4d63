namespace Touchstone.Harness.Evaluation;

/// <summary>What is odd about headers of scored cases, for the terminal: which millimetres and which place the scores go by.</summary>
internal static class HeaderRemarks
{
    /// <summary>A line for each remark, behind the cases that it is about, named up to ten.</summary>
    /// <param name="cases">What came of each case.</param>
    public static IEnumerable<string> Lines(IEnumerable<EvaluatedCase> cases) => cases
        .SelectMany(one => (one.Score?.Remarks ?? []).Select(remark => (one.Case.Id, Remark: remark)))
        .GroupBy(one => one.Remark, one => one.Id)
        .Select(remark => $"{NameList.Of([.. remark])}: {remark.Key}");
}
