using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Touchstone.Harness.Images;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Server.Problems;
using Touchstone.Leaderboard;

namespace Touchstone.Harness.Server.Uploads;

/// <summary>
/// The bytes of uploads: <c>ID.part</c> on their way in, <c>SHA256.archive</c> when whole, so that two uploads of the same
/// content are one file. An offset is acknowledged after its bytes were forced to the disk; what lies in a file behind the
/// acknowledged offset counts as never received.
/// </summary>
public sealed class UploadFolder
{
    private readonly ConcurrentDictionary<string, RunningHash?> _inUse = new(StringComparer.Ordinal);
    private readonly Lock _contents = new();
    private readonly string _folder;
    private readonly IntakeStore _store;
    private readonly UploadRoom _room;

    /// <summary>Opens the folder, making it when it is absent. Only one process may use it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="store">Where uploads are registered.</param>
    /// <param name="disk">Closes intake while there is not enough room.</param>
    public UploadFolder(string folder, IntakeStore store, DiskWatch disk)
    {
        Directory.CreateDirectory(folder);
        (_folder, _store, _room) = (folder, store, new UploadRoom(disk));
    }

    /// <summary>Where the content of a whole upload lies.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="sha256">SHA-256 of the content, hexadecimal.</param>
    public static string ArchivePath(string folder, string sha256) => Path.Combine(folder, $"{sha256}.archive");

    /// <summary>Begins an upload.</summary>
    /// <param name="by">Who sends it.</param>
    /// <param name="challenge">The challenge that it is for.</param>
    /// <param name="fileName">The archive's name, for people.</param>
    /// <param name="length">Bytes that it will have.</param>
    /// <exception cref="IntakeException">The team may not, or has too many.</exception>
    /// <exception cref="IntakeClosedException">There is no room for it.</exception>
    public Upload Begin(Identity by, string challenge, string fileName, long length)
    {
        _room.Check(length);
        return _store.AddUpload(by, challenge, fileName, length);
    }

    /// <summary>Makes sure that there is room for any upload at all, as it was when somebody last asked.</summary>
    /// <exception cref="IntakeClosedException">There is none.</exception>
    public void CheckRoom() => _room.Check(1);

    /// <summary>Takes in more of an upload.</summary>
    /// <param name="teamId">Whose it is.</param>
    /// <param name="id">The upload.</param>
    /// <param name="offset">Where the bytes belong; must be the acknowledged offset.</param>
    /// <param name="body">The bytes, to their end.</param>
    /// <param name="announced">How many they are, as the request says; null when it does not say.</param>
    /// <param name="checksum">What they must sum to, all or nothing; null to keep whatever arrives.</param>
    /// <param name="token">Ends it; what arrived is kept.</param>
    /// <returns>The upload as it stands then.</returns>
    /// <exception cref="ProblemException">They do not belong there, are too many, or do not sum up.</exception>
    /// <exception cref="IOException">The disk is full or fails; what was acknowledged is kept.</exception>
    public async Task<Upload> AppendAsync(
        string teamId, string id, long offset, Stream body, long? announced, UploadChecksum? checksum, CancellationToken token)
    {
        _ = _store.GetUpload(teamId, id);
        _store.DemandActive(teamId);
        using var turn = new Turn(this, id);
        var upload = _store.GetUpload(teamId, id);
        if (upload.Offset != offset)
        {
            throw new ProblemException(409, "offset-mismatch", string.Create(
                CultureInfo.InvariantCulture, $"Of this upload {Counted.Of(upload.Offset, "byte")} came; go on from there."));
        }

        UploadPiece.Demand(upload, offset, announced ?? 0);
        if (upload.Sha256 is not null)
        {
            await UploadPiece.DemandEmptyAsync(upload, body, checksum, token);
        }
        else
        {
            await using var piece = new UploadPiece(upload, PartPath(id), _store, _room);
            turn.Hash = turn.Hash?.Position == offset ? turn.Hash : await RunningHash.OfAsync(PartPath(id), offset, token);
            await piece.WriteAsync(body, announced is not null, checksum, turn.Hash, token);
            if (turn.Hash.Position == upload.Length)
            {
                Complete(upload, turn.Hash);
                turn.IsOver = true;
            }
        }

        return _store.GetUpload(teamId, id);
    }

    /// <summary>Takes an upload away.</summary>
    /// <param name="teamId">Whose it is.</param>
    /// <param name="id">The upload.</param>
    /// <exception cref="IntakeException">There is none.</exception>
    /// <exception cref="ProblemException">Bytes of it are arriving just now.</exception>
    public void Remove(string teamId, string id)
    {
        _ = _store.GetUpload(teamId, id);
        using var turn = new Turn(this, id);
        Remove(_store.GetUpload(teamId, id));
        turn.IsOver = true;
    }

    /// <summary>Completes what a crash left almost whole, and removes what is too old or belongs to nothing.</summary>
    /// <param name="token">Ends it; the rest is left for the next time.</param>
    public async Task TidyAsync(CancellationToken token)
    {
        foreach (var upload in _store.ExpiredUploads())
        {
            try
            {
                using var turn = new Turn(this, upload.Id);
                Remove(upload);
                turn.IsOver = true;
            }
            catch (ProblemException)
            {
                // Bytes of it are arriving just now, so it is not resting any more.
            }
        }

        foreach (var upload in _store.AllUploads().Where(one => one.Sha256 is null && one.Offset == one.Length))
        {
            using var turn = new Turn(this, upload.Id);
            if (File.Exists(PartPath(upload.Id)))
            {
                Complete(upload, await RunningHash.OfAsync(PartPath(upload.Id), upload.Length, token));
            }
        }

        RemoveLeftovers();
    }

    private void RemoveLeftovers()
    {
        lock (_contents)
        {
            var parts = _store.AllUploads().Where(one => one.Sha256 is null).Select(one => PartPath(one.Id)).ToHashSet();
            foreach (var path in Directory.GetFiles(_folder, "*.part").Where(path => !parts.Contains(path)))
            {
                if (!_inUse.ContainsKey(Path.GetFileNameWithoutExtension(path)))
                {
                    File.Delete(path);
                }
            }

            foreach (var path in Directory.GetFiles(_folder, "*.archive"))
            {
                RemoveUnneeded(Path.GetFileNameWithoutExtension(path));
            }
        }
    }

    private void Complete(Upload upload, RunningHash hash)
    {
        lock (_contents)
        {
            var sha256 = hash.Finish();
            DurableFile.Link(PartPath(upload.Id), ArchivePath(_folder, sha256));
            _store.Complete(upload.Id, sha256);
            File.Delete(PartPath(upload.Id));
        }
    }

    /// <summary>Forgets an upload, on a full disk too: there its bytes go first, which makes the room to write that they are gone.</summary>
    private void Forget(Upload upload)
    {
        try
        {
            _store.Forget(upload);
        }
        catch (SqliteException fault) when (Infrastructure.IsDiskFull(fault))
        {
            File.Delete(PartPath(upload.Id));
            _store.Forget(upload);
        }
    }

    private void Remove(Upload upload)
    {
        lock (_contents)
        {
            Forget(upload);
            File.Delete(PartPath(upload.Id));
            if (upload.Sha256 is { } sha256)
            {
                RemoveUnneeded(sha256);
            }
        }
    }

    private void RemoveUnneeded(string sha256)
    {
        if (!_store.IsNeeded(sha256))
        {
            File.Delete(ArchivePath(_folder, sha256));
        }
    }

    private string PartPath(string id) => Path.Combine(_folder, $"{id}.part");

    /// <summary>The only hold on an upload, with the hash of what is there.</summary>
    private sealed class Turn : IDisposable
    {
        private static readonly RunningHash Taken = new();

        private readonly UploadFolder _owner;
        private readonly string _id;

        public Turn(UploadFolder owner, string id)
        {
            (_owner, _id) = (owner, id);
            while (true)
            {
                var known = owner._inUse.GetOrAdd(id, (RunningHash?)null);
                if (ReferenceEquals(known, Taken))
                {
                    throw new ProblemException(423, "upload-busy", "Another request is sending this upload just now.");
                }

                if (owner._inUse.TryUpdate(id, Taken, known))
                {
                    Hash = known;
                    return;
                }
            }
        }

        /// <summary>Hash of the acknowledged bytes; null when it must be made anew.</summary>
        public RunningHash? Hash { get; set; }

        /// <summary>True when nothing of the upload is left to remember.</summary>
        public bool IsOver { get; set; }

        public void Dispose()
        {
            if (IsOver)
            {
                _owner._inUse.TryRemove(_id, out _);
            }
            else
            {
                _owner._inUse[_id] = Hash;
            }
        }
    }
}
