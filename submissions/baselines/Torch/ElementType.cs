namespace Touchstone.Baselines.Torch;

/// <summary>What a tensor's elements are. The values are libtorch's own codes.</summary>
internal enum ElementType
{
    /// <summary>8 bits, unsigned; masks and labels.</summary>
    UInt8 = 0,

    /// <summary>8 bits.</summary>
    Int8 = 1,

    /// <summary>16 bits; Hounsfield units.</summary>
    Int16 = 2,

    /// <summary>32 bits.</summary>
    Int32 = 3,

    /// <summary>64 bits; indices.</summary>
    Int64 = 4,

    /// <summary>IEEE half precision.</summary>
    Float16 = 5,

    /// <summary>IEEE single precision; weights.</summary>
    Float32 = 6,

    /// <summary>IEEE double precision.</summary>
    Float64 = 7,

    /// <summary>True or false, a byte each.</summary>
    Boolean = 11,

    /// <summary>The upper half of a single.</summary>
    BFloat16 = 15,
}

/// <summary>Facts about element types.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    /// <param name="type">A member of the enumeration.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none.</exception>
    public static int BytesOf(ElementType type) => type switch
    {
        ElementType.UInt8 or ElementType.Int8 or ElementType.Boolean => 1,
        ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Int32 or ElementType.Float32 => 4,
        ElementType.Int64 or ElementType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such element type."),
    };

    /// <summary>The element type that a C# number is.</summary>
    /// <typeparam name="T">A number.</typeparam>
    /// <exception cref="ArgumentException">Tensors hold no such numbers.</exception>
    public static ElementType Of<T>()
        where T : unmanaged => default(T) switch
        {
            byte => ElementType.UInt8,
            sbyte => ElementType.Int8,
            short => ElementType.Int16,
            int => ElementType.Int32,
            long => ElementType.Int64,
            Half => ElementType.Float16,
            float => ElementType.Float32,
            double => ElementType.Float64,
            _ => throw new ArgumentException($"Tensors hold no {typeof(T).Name}."),
        };
}
