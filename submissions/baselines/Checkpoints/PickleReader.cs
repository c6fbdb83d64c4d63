using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Touchstone.Baselines.Checkpoints;

/// <summary>
/// Reads one pickle, Python's format for objects, as data. A pickle is a program that may call any function of Python; here
/// the calls that rebuild tensors are known and give records, all others give inert placeholders. Nothing is ever executed, and
/// memory stays in proportion to the pickle's own length, which has a limit.
/// </summary>
/// <remarks>Operation codes: the Python standard library's documentation of pickletools. Protocols 2 to 5, binary codes only.</remarks>
internal sealed class PickleReader
{
    private const int MostBytesOfInteger = 64;
    private const int MostOperations = 2_000_000; // SuPreM's largest checkpoint takes some 20 000

    private readonly Stream _input;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];

    private PickleReader(Stream input) => _input = input;

    /// <summary>Reads the pickle at the stream's position, to its end mark.</summary>
    /// <param name="input">Can tell its length.</param>
    /// <returns>
    /// <see langword="null"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="BigInteger"/>, <see cref="double"/>,
    /// <see cref="string"/>, <see cref="byte"/> arrays, lists, dictionaries, or one of the pickle records.
    /// </returns>
    /// <exception cref="CheckpointException">It is no pickle, is cut short, or holds what no checkpoint needs.</exception>
    public static object? Read(Stream input) => new PickleReader(input).Run();

    private object? Run()
    {
        for (var operations = 0; operations < MostOperations; operations++)
        {
            var code = Byte();
            if (code == '.')
            {
                return Pop();
            }

            Step(code);
        }

        throw Fault($"more than {MostOperations} operations");
    }

    private void Step(byte code)
    {
        switch (code)
        {
            case 0x80: _ = Byte(); break; // protocol
            case 0x95: _ = Bytes(8); break; // length of the frame that follows
            case (byte)'(': _marks.Add(_stack.Count); break;
            case (byte)'0': _ = Pop(); break;
            case (byte)'1': _ = FromMark(); break;
            case (byte)'2': Push(Peek()); break;
            case (byte)'q': _memo[Byte()] = Peek(); break;
            case (byte)'r': _memo[UInt32()] = Peek(); break;
            case 0x94: _memo[_memo.Count] = Peek(); break;
            case (byte)'h': Push(Recall(Byte())); break;
            case (byte)'j': Push(Recall(UInt32())); break;
            case (byte)'Q': Push(PickleCalls.Persistent(Pop())); break;
            case (byte)'c': Push(new PickleGlobal(Line(), Line())); break;
            case 0x93: Push(StackGlobal()); break;
            case (byte)'R' or 0x81: Reduce(); break;
            case (byte)'b': _ = Pop(); _ = Peek(); break; // attributes, which no tensor here needs
            default:
                if (!Scalar(code) && !Collection(code))
                {
                    throw Fault($"an operation that no checkpoint needs (code {code})");
                }

                break;
        }
    }

    private bool Scalar(byte code)
    {
        switch (code)
        {
            case (byte)'N': Push(null); return true;
            case 0x88: Push(true); return true;
            case 0x89: Push(false); return true;
            case (byte)'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); return true;
            case (byte)'K': Push((long)Byte()); return true;
            case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); return true;
            case 0x8a: Push(Integer(Byte())); return true;
            case (byte)'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); return true;
            case (byte)'X': Push(Text(UInt32())); return true;
            case 0x8c: Push(Text(Byte())); return true;
            case (byte)'T' or (byte)'B': Push(Bytes(UInt32())); return true;
            case (byte)'U' or (byte)'C': Push(Bytes(Byte())); return true;
            default: return false;
        }
    }

    private bool Collection(byte code)
    {
        switch (code)
        {
            case (byte)'}': Push(new Dictionary<object, object?>()); return true;
            case (byte)']' or 0x8f: Push(new List<object?>()); return true;
            case (byte)')': Push(new PickleTuple([])); return true;
            case (byte)'t': Push(new PickleTuple([.. FromMark()])); return true;
            case (byte)'l' or 0x91: Push(FromMark()); return true;
            case 0x85 or 0x86 or 0x87: Push(new PickleTuple([.. Last(code - 0x84)])); return true;
            case (byte)'a': Append(Last(1)); return true;
            case (byte)'e' or 0x90: Append(FromMark()); return true;
            case (byte)'s': SetItems(Last(2)); return true;
            case (byte)'u': SetItems(FromMark()); return true;
            case (byte)'d':
                var items = FromMark();
                Push(new Dictionary<object, object?>());
                SetItems(items);
                return true;
            default: return false;
        }
    }

    private void Append(List<object?> items)
    {
        // Appending to what is inert changes nothing.
        if (Peek() is List<object?> list)
        {
            list.AddRange(items);
        }
    }

    private void SetItems(List<object?> items)
    {
        if (items.Count % 2 != 0)
        {
            throw Fault("a key without a value");
        }

        if (Peek() is not Dictionary<object, object?> dictionary)
        {
            return;
        }

        for (var i = 0; i < items.Count; i += 2)
        {
            dictionary[items[i] ?? throw Fault("None as a key")] = items[i + 1];
        }
    }

    private void Reduce()
    {
        if (Pop() is not PickleTuple arguments || Pop() is not { } callable)
        {
            throw Fault("a call without its arguments");
        }

        Push(PickleCalls.Made(callable, arguments.Items));
    }

    private PickleGlobal StackGlobal() => Last(2) is [string module, string name]
        ? new PickleGlobal(module, name)
        : throw Fault("a class without a name");

    private void Push(object? value) => _stack.Add(value);

    private object? Peek()
    {
        var floor = _marks.Count > 0 ? _marks[^1] : 0;
        return _stack.Count > floor ? _stack[^1] : throw Fault("less than its operations take");
    }

    private object? Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private List<object?> Last(int count)
    {
        var floor = _marks.Count > 0 ? _marks[^1] : 0;
        return _stack.Count - count >= floor ? Cut(_stack.Count - count) : throw Fault("less than its operations take");
    }

    private List<object?> FromMark()
    {
        if (_marks.Count == 0)
        {
            throw Fault("an end without a beginning");
        }

        var mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return Cut(mark);
    }

    private List<object?> Cut(int from)
    {
        var items = _stack[from..];
        _stack.RemoveRange(from, _stack.Count - from);
        return items;
    }

    private object? Recall(long index) => _memo.TryGetValue(index, out var value) ? value : throw Fault("a reference to nothing");

    private object Integer(int length)
    {
        if (length > MostBytesOfInteger)
        {
            throw Fault("an integer longer than any that a checkpoint needs");
        }

        var number = new BigInteger(Bytes(length));
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    private string Text(long length) => Encoding.UTF8.GetString(Bytes(length));

    private string Line()
    {
        var text = new StringBuilder();
        for (var letter = Byte(); letter != '\n'; letter = Byte())
        {
            text.Append((char)letter);
        }

        return text.ToString();
    }

    private byte Byte() => _input.ReadByte() is >= 0 and var value ? (byte)value : throw Fault("less than it announces");

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    private byte[] Bytes(long count)
    {
        // Asked before memory is taken: a pickle may announce gigabytes that it does not have.
        if (count > _input.Length - _input.Position)
        {
            throw Fault("less than it announces");
        }

        var bytes = new byte[count];
        _input.ReadExactly(bytes);
        return bytes;
    }

    private static CheckpointException Fault(string what) => new($"Its pickle holds {what}.");
}
