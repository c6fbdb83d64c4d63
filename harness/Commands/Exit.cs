namespace Touchstone.Harness.Commands;

/// <summary>What the process tells its caller.</summary>
internal static class Exit
{
    /// <summary>The work is done.</summary>
    public const int Success = 0;

    /// <summary>The work failed, or part of it did.</summary>
    public const int Failure = 1;

    /// <summary>What was given is wrong: options, manifest, challenge, image. Nothing was changed.</summary>
    public const int WrongUse = 2;
}
