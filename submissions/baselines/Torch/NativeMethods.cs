using System.Runtime.InteropServices;

namespace Touchstone.Baselines.Torch;

/// <summary>The C ABI of <c>native/torch_shim.cpp</c>, function by function. Its rules are written there.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>The name that <see cref="TorchLibrary"/> resolves.</summary>
    public const string Library = "touchstone_torch";

    private const StringMarshalling Utf8 = StringMarshalling.Utf8;

    [LibraryImport(Library, EntryPoint = "touchstone_error")]
    public static partial nint Error();

    [LibraryImport(Library, EntryPoint = "touchstone_version")]
    public static partial nint Version();

    [LibraryImport(Library, EntryPoint = "touchstone_cuda_devices")]
    public static partial int CudaDevices(out int count);

    [LibraryImport(Library, EntryPoint = "touchstone_cuda_synchronize")]
    public static partial int CudaSynchronize(int index);

    [LibraryImport(Library, EntryPoint = "touchstone_set_threads")]
    public static partial int SetThreads(int count);

    [LibraryImport(Library, EntryPoint = "touchstone_threads")]
    public static partial int Threads();

    [LibraryImport(Library, EntryPoint = "touchstone_seed")]
    public static partial int Seed(ulong seed);

    [LibraryImport(Library, EntryPoint = "touchstone_deterministic")]
    public static partial int Deterministic(int on);

    [LibraryImport(Library, EntryPoint = "touchstone_gradients")]
    public static partial int Gradients(int on);

    [LibraryImport(Library, EntryPoint = "touchstone_tensor_free")]
    public static partial void TensorFree(nint tensor);

    [LibraryImport(Library, EntryPoint = "touchstone_tensor_wrap")]
    public static partial int TensorWrap(
        nint data, ElementType type, ReadOnlySpan<long> sizes, int rank, delegate* unmanaged<nint, void> release, nint context,
        out TensorHandle tensor);

    [LibraryImport(Library, EntryPoint = "touchstone_tensor_info")]
    public static partial int TensorInfo(
        TensorHandle tensor, out ElementType type, out int rank, Span<long> sizes, int capacity, out int device, out int deviceIndex);

    [LibraryImport(Library, EntryPoint = "touchstone_tensor_copy_out")]
    public static partial int TensorCopyOut(TensorHandle tensor, void* data, long bytes);

    [LibraryImport(Library, EntryPoint = "touchstone_tensor_to", StringMarshalling = Utf8)]
    public static partial int TensorTo(TensorHandle tensor, string device, int type, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "touchstone_tensor_assign")]
    public static partial int TensorAssign(TensorHandle tensor, TensorHandle source);

    [LibraryImport(Library, EntryPoint = "touchstone_tensor_require_gradient")]
    public static partial int TensorRequireGradient(TensorHandle tensor, int on);

    [LibraryImport(Library, EntryPoint = "touchstone_tensor_gradient")]
    public static partial int TensorGradient(TensorHandle tensor, out TensorHandle gradient);

    [LibraryImport(Library, EntryPoint = "touchstone_tensor_backward")]
    public static partial int TensorBackward(TensorHandle tensor);

    [LibraryImport(Library, EntryPoint = "touchstone_tensor_scalar")]
    public static partial int TensorScalar(TensorHandle tensor, out double value);

    [LibraryImport(Library, EntryPoint = "touchstone_call", StringMarshalling = Utf8)]
    public static partial int Call(
        string name, string overload, ReadOnlySpan<NativeValue> arguments, int count, Span<NativeValue> results, int capacity,
        out int resultCount);

    [LibraryImport(Library, EntryPoint = "touchstone_module_free")]
    public static partial void ModuleFree(nint module);

    // kin is a pointer because it may be null, which no SafeHandle may.
    [LibraryImport(Library, EntryPoint = "touchstone_module_create", StringMarshalling = Utf8)]
    public static partial int ModuleCreate(nint kin, string name, out ModuleHandle module);

    [LibraryImport(Library, EntryPoint = "touchstone_module_add_tensor", StringMarshalling = Utf8)]
    public static partial int ModuleAddTensor(ModuleHandle module, string name, TensorHandle tensor, int isBuffer);

    [LibraryImport(Library, EntryPoint = "touchstone_module_add_child", StringMarshalling = Utf8)]
    public static partial int ModuleAddChild(ModuleHandle module, string name, ModuleHandle child);

    [LibraryImport(Library, EntryPoint = "touchstone_module_define", StringMarshalling = Utf8)]
    public static partial int ModuleDefine(ModuleHandle module, string source);

    [LibraryImport(Library, EntryPoint = "touchstone_module_load", StringMarshalling = Utf8)]
    public static partial int ModuleLoad(string path, string device, out ModuleHandle module);

    [LibraryImport(Library, EntryPoint = "touchstone_module_save", StringMarshalling = Utf8)]
    public static partial int ModuleSave(ModuleHandle module, string path);

    [LibraryImport(Library, EntryPoint = "touchstone_module_train")]
    public static partial int ModuleTrain(ModuleHandle module, int on);

    [LibraryImport(Library, EntryPoint = "touchstone_module_to", StringMarshalling = Utf8)]
    public static partial int ModuleTo(ModuleHandle module, string device);

    [LibraryImport(Library, EntryPoint = "touchstone_module_names")]
    public static partial int ModuleNames(ModuleHandle module, int buffers, out nint names);

    [LibraryImport(Library, EntryPoint = "touchstone_module_tensor", StringMarshalling = Utf8)]
    public static partial int ModuleTensor(ModuleHandle module, string path, out TensorHandle tensor);

    [LibraryImport(Library, EntryPoint = "touchstone_module_run", StringMarshalling = Utf8)]
    public static partial int ModuleRun(
        ModuleHandle module, string method, ReadOnlySpan<NativeValue> arguments, int count, Span<NativeValue> results, int capacity,
        out int resultCount);

    /// <summary>Turns a native call's answer into an exception, or nothing.</summary>
    /// <param name="status">0 done, 1 failed, 2 out of memory.</param>
    /// <exception cref="TorchException">The call failed.</exception>
    public static void Check(int status)
    {
        if (status == 0)
        {
            return;
        }

        var message = Marshal.PtrToStringUTF8(Error()) is { Length: > 0 } text ? text.Trim() : "libtorch failed and did not say why.";
        throw status == 2 ? new TorchMemoryException(message) : new TorchException(message);
    }
}
