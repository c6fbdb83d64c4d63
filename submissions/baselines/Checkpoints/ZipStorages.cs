using System.IO.Compression;

namespace Touchstone.Baselines.Checkpoints;

/// <summary>The format of PyTorch 1.6 and later: a zip of <c>NAME/data.pkl</c> and one <c>NAME/data/KEY</c> per storage.</summary>
internal sealed class ZipStorages : ICheckpointStorages
{
    private const long MostPickleBytes = 64 << 20;

    private readonly ZipArchive _zip;
    private readonly string _folder;

    /// <summary>Reads the pickle.</summary>
    /// <param name="file">Owned from here on.</param>
    public ZipStorages(FileStream file)
    {
        _zip = new ZipArchive(file, ZipArchiveMode.Read);
        var pickle = _zip.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
            ?? throw new CheckpointException("It is a zip, but of no checkpoint: it holds no data.pkl.");
        _folder = pickle.FullName[..^"data.pkl".Length];
        if (_zip.GetEntry(_folder + "constants.pkl") is not null)
        {
            throw new CheckpointException("It is a TorchScript program, not a checkpoint: save the network's state_dict().");
        }

        if (pickle.Length > MostPickleBytes)
        {
            throw new CheckpointException($"Its data.pkl has {pickle.Length} bytes; the limit is {MostPickleBytes}.");
        }

        if (_zip.GetEntry(_folder + "byteorder") is { } order && !Bytes(order, order.Length).AsSpan().SequenceEqual("little"u8))
        {
            throw new CheckpointException("It was written by a machine whose numbers begin with their most significant byte.");
        }

        Root = PickleReader.Read(new MemoryStream(Bytes(pickle, pickle.Length)));
    }

    /// <inheritdoc/>
    public object? Root { get; }

    /// <inheritdoc/>
    public byte[] Read(StorageRecord storage)
    {
        var entry = _zip.GetEntry($"{_folder}data/{storage.Key}")
            ?? throw new CheckpointException($"Storage {storage.Key} is not in the file.");
        return Bytes(entry, StorageSize.Checked(storage, entry.Length));
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static byte[] Bytes(ZipArchiveEntry entry, long length)
    {
        var bytes = new byte[length];
        using var content = entry.Open();
        content.ReadExactly(bytes);
        return bytes;
    }
}
