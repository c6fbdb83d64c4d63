using System.Diagnostics;

namespace Touchstone.Tests.Harness.Fuzz;

/// <summary>What must not come of any input.</summary>
/// <param name="Kind">The same for the same defect: exception and the place in our code.</param>
/// <param name="Detail">Everything about it.</param>
internal sealed record Failure(string Kind, string Detail)
{
    /// <summary>Whether it is about memory, of which tests beside this one may have taken their part.</summary>
    public bool MayBeChance => Kind.EndsWith(" memory", StringComparison.Ordinal);

    /// <summary>An exception that the command line does not expect.</summary>
    /// <param name="fault">The exception.</param>
    public static Failure Of(Exception fault)
    {
        var inner = fault;
        while (inner is AggregateException or TypeInitializationException && inner.InnerException is { } cause)
        {
            inner = cause;
        }

        var place = new StackTrace(inner).GetFrames()
            .Select(frame => frame.GetMethod())
            .FirstOrDefault(method => method?.DeclaringType?.FullName?.StartsWith("Touchstone.", StringComparison.Ordinal) == true);
        return new Failure($"{inner.GetType().Name} at {place?.DeclaringType?.FullName}.{place?.Name}", fault.ToString());
    }
}
