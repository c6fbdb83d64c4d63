using System.Reflection;
using Xunit.Sdk;

namespace Touchstone.Tests.Leaderboard;

/// <summary>Runs a theory on the made-up study of the repository and, as an extra test, on the published one.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class StudyDataAttribute : DataAttribute
{
    private readonly object[] _arguments;

    /// <param name="study"><see cref="StudyWithGolden.MadeUp"/> or <see cref="StudyWithGolden.Published"/>.</param>
    /// <param name="arguments">What follows the study's name.</param>
    public StudyDataAttribute(string study, params object[] arguments)
    {
        _arguments = [study, .. arguments];
        Skip = study == StudyWithGolden.Published ? ExtraData.Absence(Extra.PublishedStudy) : null;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [_arguments];
}
