using Touchstone.Tests.Harness;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Touchstone.Tests.LongestFirst", "Touchstone.Tests")]

namespace Touchstone.Tests;

/// <summary>Begins with the collection that takes longest, so that the rest goes beside it and nothing waits for it at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(one => one.DisplayName == RoadsWithTheEngine.Name ? 0 : 1);
}
