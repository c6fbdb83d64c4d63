using Touchstone.Submissions;

namespace Touchstone.Harness.Images;

/// <summary>An image that the engine holds and that the sandbox may run.</summary>
/// <param name="Digest">The id by which it is run.</param>
/// <param name="Source">Where it came from, for people: archive name, or reference with its registry digest.</param>
/// <param name="UnpackedBytes">Its size on the engine's disk.</param>
public sealed record AcceptedImage(ImageDigest Digest, string Source, long UnpackedBytes);
