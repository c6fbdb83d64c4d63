using Touchstone.Harness.Images;

namespace Touchstone.Harness.Server.Uploads;

/// <summary>
/// Room for uploads, in whole GiB where there is one, and asked for every ten minutes: teams can ask as often as they like, and
/// must not see by it what the containers of a private phase leave on the disk. What uploads take meanwhile is counted off.
/// </summary>
/// <param name="disk">Says how much is free beside what is kept free.</param>
internal sealed class UploadRoom(DiskWatch disk)
{
    private static readonly TimeSpan IsGood = TimeSpan.FromMinutes(10);

    private readonly Lock _asking = new();
    private (long Bytes, long Asked)? _known; // what is left of the room that there was when it was last asked for

    /// <summary>Makes sure that there is room, as it was when somebody last asked.</summary>
    /// <param name="bytes">For so many bytes.</param>
    /// <exception cref="IntakeClosedException">There is none.</exception>
    public void Check(long bytes)
    {
        lock (_asking)
        {
            Demand(Known().Bytes >= bytes);
        }
    }

    /// <summary>Takes room for bytes before they are written, whoever else writes at the same time.</summary>
    /// <param name="bytes">So many.</param>
    /// <exception cref="IntakeClosedException">There is none.</exception>
    public void Take(long bytes)
    {
        lock (_asking)
        {
            var (left, asked) = Known();
            Demand(left >= bytes);
            _known = (left - bytes, asked);
        }
    }

    /// <summary>Gives room back of bytes that were taken away again.</summary>
    /// <param name="bytes">So many.</param>
    public void Return(long bytes)
    {
        lock (_asking)
        {
            var (left, asked) = Known();
            _known = (left + bytes, asked);
        }
    }

    private (long Bytes, long Asked) Known()
    {
        if (_known is { } known && Environment.TickCount64 - known.Asked <= IsGood.TotalMilliseconds)
        {
            return known;
        }

        var room = disk.Room();
        _known = (room >> 30 > 0 ? room >> 30 << 30 : room, Environment.TickCount64);
        return _known.Value;
    }

    private static void Demand(bool isThere)
    {
        if (!isThere)
        {
            throw new IntakeClosedException("There is no room for an upload.");
        }
    }
}
