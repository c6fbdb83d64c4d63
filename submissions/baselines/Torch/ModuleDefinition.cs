namespace Touchstone.Baselines.Torch;

/// <summary>
/// A module as plain data: what it holds under which names, and its methods as TorchScript text. Names are those of the
/// published checkpoints, dotted by nesting, so that these load by name.
/// </summary>
internal sealed record ModuleDefinition
{
    /// <summary>For messages and saved files; an identifier.</summary>
    public required string Name { get; init; }

    /// <summary>Parameters and buffers of the module itself.</summary>
    public IReadOnlyList<StateTensor> Tensors { get; init; } = [];

    /// <summary>Modules in it, in the order in which they are listed.</summary>
    public IReadOnlyList<(string Name, ModuleDefinition Definition)> Children { get; init; } = [];

    /// <summary>
    /// Methods. <c>self.child.forward(x)</c> calls a child; a child with a number for a name is <c>getattr(self, "0")</c>.
    /// Null where only the parent looks inside.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>All tensors of the module and those in it, under their dotted names.</summary>
    public IEnumerable<StateTensor> State() => Tensors.Concat(Children.SelectMany(child =>
        child.Definition.State().Select(tensor => tensor with { Name = $"{child.Name}.{tensor.Name}" })));

    /// <summary>Numbers that are learnt.</summary>
    public long ParameterCount() => State().Where(tensor => !tensor.IsBuffer).Sum(tensor => tensor.Count);
}

/// <summary>A tensor of a module's state.</summary>
/// <param name="Name">In its module.</param>
/// <param name="Shape">Lengths, the slowest dimension first.</param>
internal sealed record StateTensor(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>What its elements are.</summary>
    public ElementType Type { get; init; } = ElementType.Float32;

    /// <summary>True for what is not learnt.</summary>
    public bool IsBuffer { get; init; }

    /// <summary>Makes the elements that it begins with; null for zeros.</summary>
    public Func<Tensor>? Initial { get; init; }

    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => product * length);
}
