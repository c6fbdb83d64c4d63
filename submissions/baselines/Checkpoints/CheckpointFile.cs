using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Checkpoints;

/// <summary>
/// The tensors of a file that PyTorch's <c>torch.save</c> wrote, by their names; nothing in the file is executed. Elements
/// are read tensor by tensor, when they are asked for.
/// </summary>
internal sealed class CheckpointFile : IDisposable
{
    // Where training programs put a network's state among other things.
    private static readonly string[] Containers = ["net", "state_dict", "model", "network_weights"];

    private readonly ICheckpointStorages _storages;

    private CheckpointFile(ICheckpointStorages storages, IReadOnlyDictionary<string, TensorRecord> tensors) =>
        (_storages, Tensors) = (storages, tensors);

    /// <summary>All tensors of the network's state.</summary>
    public IReadOnlyDictionary<string, TensorRecord> Tensors { get; }

    /// <summary>Opens a checkpoint and reads its names.</summary>
    /// <param name="path">A file of today's format (a zip) or of that before PyTorch 1.6 (pickles one after the other).</param>
    /// <exception cref="CheckpointException">It is not there, is no checkpoint, is damaged, or holds no tensors with names.</exception>
    public static CheckpointFile Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} cannot be opened: {fault.Message}", fault);
        }

        ICheckpointStorages? storages = null;
        try
        {
            storages = IsZip(file) ? new ZipStorages(file) : new LegacyStorages(file);
            return new CheckpointFile(storages, StateIn(storages.Root));
        }
        catch (Exception fault)
        {
            storages?.Dispose();
            file.Dispose();
            throw Explained(path, fault);
        }
    }

    /// <summary>Reads one tensor.</summary>
    /// <param name="name">A key of <see cref="Tensors"/>.</param>
    /// <returns>On the processor, contiguous, of the file's element type; the caller disposes it.</returns>
    /// <exception cref="CheckpointException">Its bytes are missing or damaged, or of a kind that is not known.</exception>
    public Tensor Read(string name)
    {
        var record = Tensors[name];
        try
        {
            var type = record.Storage.Type ?? throw new CheckpointException("Its elements are of a kind that is not read here.");
            using var whole = Tensor.OverBytes(_storages.Read(record.Storage), type, record.Storage.Count);
            using var view = Operator.Call(
                "aten::as_strided", "", whole, record.Shape.ToArray(), record.Strides.ToArray(), record.Offset);
            return Operator.Call("aten::clone", "", view, 0L); // 0: contiguous
        }
        catch (Exception fault) when (fault is not TorchException)
        {
            throw Explained($"Tensor {name}", fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _storages.Dispose();

    private static Dictionary<string, TensorRecord> StateIn(object? root)
    {
        if (root is not Dictionary<object, object?> top)
        {
            var found = root is PicklePlaceholder placeholder ? $"an object of {placeholder.Callable}" : "no dictionary";
            throw new CheckpointException($"It holds {found} where a dictionary of tensors is expected: save the network's state_dict().");
        }

        var candidates = Containers.Select(name => top.GetValueOrDefault(name)).OfType<Dictionary<object, object?>>().Append(top);
        return candidates.Select(TensorsOf).FirstOrDefault(tensors => tensors.Count > 0)
            ?? throw new CheckpointException(
                $"It holds no tensors by name, only {(top.Count == 0 ? "nothing" : string.Join(", ", top.Keys.Take(8)))}.");
    }

    private static Dictionary<string, TensorRecord> TensorsOf(Dictionary<object, object?> dictionary) => dictionary
        .Where(pair => pair is { Key: string, Value: TensorRecord })
        .ToDictionary(pair => (string)pair.Key, pair => (TensorRecord)pair.Value!, StringComparer.Ordinal);

    private static bool IsZip(FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        var read = file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 4 && start.SequenceEqual("PK\u0003\u0004"u8);
    }

    // What the libraries below throw on damaged files; anything else is a fault of ours and flies.
    private static Exception Explained(string what, Exception fault) => fault switch
    {
        CheckpointException => new CheckpointException($"{what}: {fault.Message}", fault),
        InvalidDataException or EndOfStreamException or NotSupportedException =>
            new CheckpointException($"{what}: the file is damaged or no checkpoint of PyTorch. {fault.Message}", fault),
        _ => fault,
    };
}
