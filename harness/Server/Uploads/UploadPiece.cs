using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server.Uploads;

/// <summary>Writes the bytes of one request behind those that are there, through one buffer of 256 KiB.</summary>
internal sealed class UploadPiece : IAsyncDisposable
{
    private const int BufferBytes = 256 << 10;

    /// <summary>A process that is killed loses at most so many bytes of a long request.</summary>
    private const long AcknowledgeEvery = 32L << 20;

    private readonly Upload _upload;
    private readonly IntakeStore _store;
    private readonly UploadRoom _room;
    private readonly FileStream _file;
    private long _acknowledged;

    /// <summary>Opens the file where its acknowledged bytes end.</summary>
    /// <param name="upload">The upload as it stands.</param>
    /// <param name="path">Its file.</param>
    /// <param name="store">Where offsets are acknowledged.</param>
    /// <param name="room">Room is taken of it before bytes are written.</param>
    /// <exception cref="ProblemException">Acknowledged bytes are not there any more.</exception>
    public UploadPiece(Upload upload, string path, IntakeStore store, UploadRoom room)
    {
        (_upload, _store, _room, _acknowledged) = (upload, store, room, upload.Offset);
        RegularFile.DemandWhereThere(path);
        _file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            BufferSize = 0,
        });
        if (_file.Length < upload.Offset)
        {
            _file.Dispose();
            throw new ProblemException(410, "upload-damaged", "Bytes of this upload were lost on the server. Begin a new one.");
        }

        // What lies behind was never acknowledged.
        _file.SetLength(upload.Offset);
        _file.Position = upload.Offset;
    }

    /// <summary>Refuses bytes for which there is no room left in an upload.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="count">How many they are.</param>
    /// <exception cref="ProblemException">They are too many.</exception>
    public static void Demand(Upload upload, long offset, long count)
    {
        if (count > upload.Length - offset)
        {
            throw upload.Offset == upload.Length
                ? new ProblemException(409, "upload-complete", string.Create(
                    CultureInfo.InvariantCulture, $"All {upload.Length} bytes of this upload are here; no more can follow."))
                : new ProblemException(413, "upload-too-long", string.Create(
                    CultureInfo.InvariantCulture,
                    $"This upload was announced with {upload.Length} bytes and lacks {upload.Length - upload.Offset}; more came, and none "
                    + $"of them was kept."));
        }
    }

    /// <summary>Takes an empty piece behind the end, which a client sends that did not get the last answer, and nothing else.</summary>
    /// <param name="upload">The upload, which is whole.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="checksum">What they must sum to; null for anything.</param>
    /// <param name="token">Ends it.</param>
    /// <exception cref="ProblemException">There are any, or the checksum is not that of none.</exception>
    public static async Task DemandEmptyAsync(Upload upload, Stream body, UploadChecksum? checksum, CancellationToken token)
    {
        Demand(upload, upload.Offset, await body.ReadAsync(new byte[1], token));
        using var none = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);
        Verify(none, checksum);
    }

    /// <summary>Writes them.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="isBounded">
    /// Whether it is known that they fit. Otherwise they are kept all or not at all, because what is acknowledged cannot be taken back.
    /// </param>
    /// <param name="checksum">What they must sum to; null for anything.</param>
    /// <param name="hash">Hash of what is there; goes on with what is written.</param>
    /// <param name="token">Ends it.</param>
    public async Task WriteAsync(
        Stream body, bool isBounded, UploadChecksum? checksum, RunningHash hash, CancellationToken token)
    {
        using var sum = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await body.ReadAsync(buffer.AsMemory(0, BufferBytes), token) is > 0 and var read)
            {
                Demand(_upload, hash.Position, read);
                _room.Take(read);
                await _file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
                hash.Append(buffer.AsSpan(0, read));
                sum?.AppendData(buffer.AsSpan(0, read));
                if (sum is null && isBounded && hash.Position - _acknowledged >= AcknowledgeEvery)
                {
                    Acknowledge(hash.Position);
                }
            }

            Verify(sum, checksum);
            Acknowledge(hash.Position);
        }
        catch (Exception fault) when (checksum is null && fault is not ProblemException)
        {
            // The connection broke, or the disk is full: what was written before is good and need not be sent again.
            _file.SetLength(hash.Position);
            Acknowledge(hash.Position);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);

            // What was not acknowledged counts as never received, and fills no disk.
            var more = _file.Length - _acknowledged;
            _file.SetLength(_acknowledged);
            _room.Return(more);
        }
    }

    /// <summary>Closes the file.</summary>
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static void Verify(IncrementalHash? sum, UploadChecksum? checksum)
    {
        if (sum is not null && !sum.GetHashAndReset().AsSpan().SequenceEqual(checksum!.Value))
        {
            throw new ProblemException(460, "checksum-mismatch", "The bytes do not have the stated checksum. Send them again.");
        }
    }

    private void Acknowledge(long position)
    {
        if (position > _acknowledged)
        {
            _file.Flush(flushToDisk: true);
            _store.Acknowledge(_upload.Id, position);
            _acknowledged = position;
        }
    }
}
