using System.Reflection;
using Xunit.Sdk;

namespace Touchstone.Tests;

/// <summary>
/// Data that cannot be in the repository, because they are patients' or licensed. A test that needs them is an extra test:
/// without them it is named and counted as not run, and is neither passed nor failed.
/// </summary>
internal enum Extra
{
    /// <summary>Three real CTs with reference masks, as the dataset <c>real-ct</c> of the manifest.</summary>
    RealCts,

    /// <summary>Golden metric cases that were made from real anatomy.</summary>
    RealAnatomy,

    /// <summary>The published per-case scores of 19 models, and the numbers that other programs computed from them.</summary>
    PublishedStudy,
}

/// <summary>Which of the extra data are on this machine.</summary>
internal static class ExtraData
{
    /// <summary>Why a test that needs the data does not run; null when they are there.</summary>
    public static string? Absence(Extra data)
    {
        string[] folders = data switch
        {
            Extra.RealCts => ["data/real-ct"],
            Extra.RealAnatomy => ["golden/metrics"],
            Extra.PublishedStudy => ["data/touchstone_totalsegmentator", "golden/stats"],
            _ => throw new ArgumentOutOfRangeException(nameof(data), data, null),
        };
        return folders.All(folder => Directory.Exists(Repository.SharedPath(folder)))
            ? null
            : $"needs {Name(data)} in {string.Join(" and ", folders.Select(folder => "../shared/" + folder))}; "
              + "tests/README.md, \"Extra tests\", says how to get them";
    }

    private static string Name(Extra data) => data switch
    {
        Extra.RealCts => "three real CTs",
        Extra.RealAnatomy => "golden metric cases of real anatomy",
        Extra.PublishedStudy => "the published study and its golden numbers",
        _ => throw new ArgumentOutOfRangeException(nameof(data), data, null),
    };
}

/// <summary>A test that runs where extra data are.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ExtraFactAttribute : FactAttribute
{
    public ExtraFactAttribute(Extra needs) => Skip = ExtraData.Absence(needs);
}

/// <summary>Arguments of a theory that run where extra data are.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ExtraInlineDataAttribute : DataAttribute
{
    private readonly object[] _arguments;

    public ExtraInlineDataAttribute(Extra needs, params object[] arguments)
    {
        _arguments = arguments;
        Skip = ExtraData.Absence(needs);
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [_arguments];
}
