namespace Touchstone.Tests.Evaluators;

/// <summary>Damages bytes whatever they mean.</summary>
internal static class DamagedBytes
{
    /// <summary>One to three faults: a bit or a byte is another one, the end is gone, a byte is gone or too many, more follows.</summary>
    /// <param name="sound">The bytes, which stay as they are.</param>
    /// <param name="random">Decides how; its draws are the seeds of numbered inputs.</param>
    /// <param name="longestTail">More bytes than are ever added behind the end at once.</param>
    public static byte[] Of(byte[] sound, Random random, int longestTail)
    {
        var bytes = sound.ToList();
        for (var n = 1 + random.Next(3); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes.RemoveAt(at);
                    break;
                case 4:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes.AddRange(Enumerable.Repeat((byte)random.Next(256), random.Next(1, longestTail)));
                    break;
            }
        }

        return [.. bytes];
    }
}
