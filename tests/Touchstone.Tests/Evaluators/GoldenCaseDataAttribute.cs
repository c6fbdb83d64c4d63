using System.Reflection;
using Xunit.Sdk;

namespace Touchstone.Tests.Evaluators;

/// <summary>
/// Names of golden metric cases as arguments of a theory: those that are made up, which are in the repository, or those of real
/// anatomy, which are extra data.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class GoldenCaseDataAttribute : DataAttribute
{
    private static readonly string[] RealAnatomy =
    [
        "affine_epsilon", "aniso_08_08_50", "border", "erode_dilate_6", "io_int16be_float32", "iso_15_nearest", "missing",
        "orient_LAS_0977_20", "real_3mm", "reject_affine_origin", "reject_affine_spacing", "reject_shape", "shift_1_2_1",
        "unknown_label",
    ];

    private readonly bool _isRealAnatomy;
    private readonly bool _isRejected;

    private GoldenCaseDataAttribute(bool isRealAnatomy, bool isRejected)
    {
        (_isRealAnatomy, _isRejected) = (isRealAnatomy, isRejected);
        Skip = isRealAnatomy ? ExtraData.Absence(Extra.RealAnatomy) : null;
    }

    /// <summary>Made-up cases, all of which are scored.</summary>
    public GoldenCaseDataAttribute()
        : this(isRealAnatomy: false, isRejected: false)
    {
    }

    /// <param name="needs"><see cref="Extra.RealAnatomy"/>.</param>
    /// <param name="isRejected">Those whose prediction lies on another grid, instead of those that are scored.</param>
    public GoldenCaseDataAttribute(Extra needs, bool isRejected = false)
        : this(needs == Extra.RealAnatomy, isRejected)
    {
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Names().Select(name => new object[] { name });

    private IEnumerable<string> Names() => _isRealAnatomy
        ? RealAnatomy.Where(name => name.StartsWith("reject_", StringComparison.Ordinal) == _isRejected)
        : GoldenCase.MadeUp;
}
