using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Harness.Datasets;

namespace Touchstone.Harness.Transfer;

/// <summary>
/// Which cases are learnt from. Pure: cases are put in the order of a hash of seed, purpose and case, and the first ones
/// are taken, so that five cases are among any ten, and the same for every method, on every machine, for ever.
/// </summary>
internal static class CaseChoice
{
    /// <summary>Splits a dataset into cases to learn from and cases to validate with, the same in every trial.</summary>
    /// <param name="cases">The dataset.</param>
    /// <param name="seed">Seed of the study.</param>
    /// <param name="share">Share for validation, above 0 and below 1; at least one case. Null for none.</param>
    public static (IReadOnlyList<DatasetCase> Pool, IReadOnlyList<DatasetCase> Validation) Split(
        IReadOnlyList<DatasetCase> cases, long seed, double? share)
    {
        if (share is not { } part)
        {
            return (cases, []);
        }

        var count = Math.Min(cases.Count, Math.Max(1, (int)Math.Round(part * cases.Count)));
        var chosen = Ordered(cases, seed, "validation").Take(count).ToHashSet();
        return ([.. cases.Where(one => !chosen.Contains(one))], [.. cases.Where(chosen.Contains)]);
    }

    /// <summary>All cases in the order in which they are taken.</summary>
    /// <param name="cases">What there is.</param>
    /// <param name="seed">Seed of the study.</param>
    /// <param name="purpose">What for, such as a task and a trial: another purpose, another order.</param>
    public static IReadOnlyList<DatasetCase> Ordered(IReadOnlyList<DatasetCase> cases, long seed, string purpose) =>
        [.. cases.OrderBy(one => Hash(seed, purpose, one), StringComparer.Ordinal)];

    private static string Hash(long seed, string purpose, DatasetCase one) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{purpose}\n{one.Dataset}\n{one.Id}"))));
}
