namespace Touchstone.Harness.Commands;

/// <summary>What the user asked for cannot be: printed as it is, exit code 2.</summary>
internal sealed class WrongUseException(string message) : Exception(message);
