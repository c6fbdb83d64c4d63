namespace Touchstone.Harness.Commands;

/// <summary>
/// Advances a bar. <see cref="Progress{T}"/> would call back on another thread at its leisure; bars should be full when the
/// work is done.
/// </summary>
internal sealed class Ticks(Action tick) : IProgress<string>
{
    public void Report(string value) => tick();
}
