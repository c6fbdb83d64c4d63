namespace Touchstone.Baselines.Torch;

/// <summary>libtorch refused or failed; the message is libtorch's own, without where in its C++ the error arose.</summary>
internal class TorchException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>libtorch asked for memory, of this machine or of its GPU, and got none.</summary>
internal sealed class TorchMemoryException(string message) : TorchException(message);
