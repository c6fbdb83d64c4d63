namespace Touchstone.Baselines.Torch;

/// <summary>
/// Switches recording for gradients off or on until it is disposed. The mode belongs to the thread: dispose it there, and
/// set it on every thread that computes.
/// </summary>
internal readonly ref struct GradientMode
{
    private readonly int _before;

    private GradientMode(bool on) => _before = NativeMethods.Gradients(on ? 1 : 0);

    /// <summary>Nothing is recorded: inference.</summary>
    public static GradientMode Off() => new(on: false);

    /// <summary>What needs a gradient is recorded: training.</summary>
    public static GradientMode On() => new(on: true);

    /// <summary>Back to what it was.</summary>
    public void Dispose() => _ = NativeMethods.Gradients(_before);
}
