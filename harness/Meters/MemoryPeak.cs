using Touchstone.Harness.Sandbox;

namespace Touchstone.Harness.Meters;

/// <summary>The largest anonymous memory of a container that any look saw.</summary>
/// <param name="meter">The control group above the container.</param>
/// <param name="container">Id of the container.</param>
internal sealed class MemoryPeak(CgroupMeter meter, string container)
{
    private long? _bytes;

    /// <summary>The peak in bytes; null while nothing was seen.</summary>
    public long? Bytes => _bytes;

    /// <summary>Looks once.</summary>
    public void Look()
    {
        if (meter.AnonymousBytes(container) is { } bytes && bytes > (_bytes ?? -1))
        {
            _bytes = bytes;
        }
    }
}
