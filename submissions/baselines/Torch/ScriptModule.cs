using System.Runtime.InteropServices;

namespace Touchstone.Baselines.Torch;

/// <summary>
/// A TorchScript module: tensors with names, modules in it, and compiled methods. Made from a <see cref="ModuleDefinition"/>,
/// from source text alone, or read from a file of our own.
/// </summary>
internal sealed class ScriptModule : IDisposable
{
    private readonly ModuleHandle _handle;

    private ScriptModule(ModuleHandle handle) => _handle = handle;

    /// <summary>Dotted names of all parameters, in the order of their definition.</summary>
    public IReadOnlyList<string> Parameters => Names(buffers: false);

    /// <summary>Dotted names of all buffers: tensors that belong to the state and are not learnt.</summary>
    public IReadOnlyList<string> Buffers => Names(buffers: true);

    /// <summary>Builds a module and all that is in it.</summary>
    /// <param name="definition">Its tensors hold what their definition says until something else is assigned.</param>
    /// <exception cref="TorchException">A text does not compile; the message shows where.</exception>
    public static ScriptModule Build(ModuleDefinition definition)
    {
        NativeMethods.Check(NativeMethods.ModuleCreate(0, definition.Name, out var root));
        var module = new ScriptModule(root);
        try
        {
            module.Fill(definition);
            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <summary>Compiles methods without state, such as a loss.</summary>
    /// <param name="source">TorchScript: <c>def name(self, …) -> Tensor:</c> and its body.</param>
    /// <exception cref="TorchException">It does not compile.</exception>
    public static ScriptModule Compile(string source) => Build(new ModuleDefinition { Name = "Functions", Source = source });

    /// <summary>
    /// Reads a module that <see cref="Save"/> or Python's TorchScript wrote. This runs the program in the file: only for our
    /// own; a stranger's belongs into a container.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where its tensors shall lie.</param>
    /// <exception cref="TorchException">The file is no such module.</exception>
    public static ScriptModule Load(string path, Device device)
    {
        NativeMethods.Check(NativeMethods.ModuleLoad(path, device.ToString(), out var handle));
        return new ScriptModule(handle);
    }

    /// <summary>Writes program and tensors into one file that Python reads too.</summary>
    /// <param name="path">The file to make or replace.</param>
    public void Save(string path) => NativeMethods.Check(NativeMethods.ModuleSave(_handle, path));

    /// <summary>Calls <c>forward</c> with one tensor as result, which the caller disposes.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="TorchException">The network refused them.</exception>
    public Tensor Forward(params ReadOnlySpan<Value> arguments) => Call("forward", arguments);

    /// <summary>Calls a method with one tensor as result, which the caller disposes.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="TorchException">There is no such method, or it failed.</exception>
    public Tensor Call(string method, params ReadOnlySpan<Value> arguments) =>
        Operator.Single(Operator.Run(_handle, method, arguments), method);

    /// <summary>Calls a method with any number of results.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    public IReadOnlyList<Value> CallAll(string method, params ReadOnlySpan<Value> arguments) =>
        Operator.Run(_handle, method, arguments);

    /// <summary>A parameter or buffer: the module's own tensor, not a copy. The caller disposes the handle to it.</summary>
    /// <param name="name">Dotted.</param>
    /// <exception cref="TorchException">There is none of that name.</exception>
    public Tensor State(string name)
    {
        NativeMethods.Check(NativeMethods.ModuleTensor(_handle, name, out var tensor));
        return new Tensor(tensor);
    }

    /// <summary>Switches between training and inference where layers differ between them.</summary>
    /// <param name="on">True for training, as after building.</param>
    public void Train(bool on) => NativeMethods.Check(NativeMethods.ModuleTrain(_handle, on ? 1 : 0));

    /// <summary>Moves all tensors.</summary>
    /// <param name="device">Where to.</param>
    public void MoveTo(Device device) => NativeMethods.Check(NativeMethods.ModuleTo(_handle, device.ToString()));

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private void Fill(ModuleDefinition definition)
    {
        foreach (var tensor in definition.Tensors)
        {
            using var initial = tensor.Initial?.Invoke() ?? Tensor.Zeros(tensor.Type, Device.Cpu, [.. tensor.Shape]);
            initial.RequireGradient(!tensor.IsBuffer);
            NativeMethods.Check(NativeMethods.ModuleAddTensor(_handle, tensor.Name, initial.Handle, tensor.IsBuffer ? 1 : 0));
        }

        foreach (var (name, child) in definition.Children)
        {
            AddChild(name, child);
        }

        if (definition.Source is { } source)
        {
            NativeMethods.Check(NativeMethods.ModuleDefine(_handle, source.TrimEnd() + '\n'));
        }
    }

    private void AddChild(string name, ModuleDefinition definition)
    {
        var added = false;
        try
        {
            _handle.DangerousAddRef(ref added);
            NativeMethods.Check(NativeMethods.ModuleCreate(_handle.DangerousGetHandle(), definition.Name, out var handle));
            using var child = new ScriptModule(handle);
            child.Fill(definition);
            NativeMethods.Check(NativeMethods.ModuleAddChild(_handle, name, handle));
        }
        finally
        {
            if (added)
            {
                _handle.DangerousRelease();
            }
        }
    }

    private string[] Names(bool buffers)
    {
        NativeMethods.Check(NativeMethods.ModuleNames(_handle, buffers ? 1 : 0, out var names));
        return Marshal.PtrToStringUTF8(names)!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
