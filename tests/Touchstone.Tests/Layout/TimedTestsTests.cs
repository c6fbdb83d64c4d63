using Touchstone.Tests.Harness;

namespace Touchstone.Tests.Layout;

/// <summary>What is timed runs in a process of its own, which <c>run.sh</c> chooses by the category.</summary>
public sealed class TimedTestsTests
{
    [Fact]
    public void TestsOfTheTimedCollection_HaveItsCategory_AndNoOthers()
    {
        var types = typeof(TimedTestsTests).Assembly.GetTypes();
        var timed = types.Where(type => Has<CollectionAttribute>(type, TimedWithTheEngine.Name)).ToList();

        Assert.True(timed.Count > 10);
        Assert.Equal(timed, types.Where(type => Has<TraitAttribute>(type, "Category", TimedWithTheEngine.Category)));
    }

    private static bool Has<T>(Type type, params string[] arguments) => type.GetCustomAttributesData().Any(one =>
        one.AttributeType == typeof(T) && one.ConstructorArguments.Select(argument => (string?)argument.Value).SequenceEqual(arguments));
}
