using Touchstone.Tests.Harness;
using Touchstone.Tests.Harness.Fuzz;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Touchstone.Tests.LongestFirst", "Touchstone.Tests")]

namespace Touchstone.Tests;

/// <summary>Begins with the two collections that take longest, so that the rest goes beside them and nothing waits for them at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(one => one.DisplayName == RoadsWithTheEngine.Name ? 0
            : one.DisplayName.EndsWith(nameof(CommandFuzzTests), StringComparison.Ordinal) ? 1 : 2);
}
