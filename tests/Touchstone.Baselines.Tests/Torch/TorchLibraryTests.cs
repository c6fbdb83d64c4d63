using System.Runtime.InteropServices;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Tests.Torch;

public sealed unsafe class TorchLibraryTests
{
    [Fact]
    public void Load_LibraryOfAnotherVersion_IsRefused()
    {
        var fault = Assert.Throws<TorchException>(() => TorchLibrary.Load("libm.so.6"));

        Assert.Equal(
            "libm.so.6 speaks version 0 of the binding, this program version 1: build it again with native/build.sh.", fault.Message);
    }

    [Fact]
    public void Load_NoLibrary_SaysWhatCannotBeLoaded()
    {
        using var folder = new TemporaryFolder();

        var fault = Assert.Throws<TorchException>(() => TorchLibrary.Load(folder.Write("libtouchstone_torch.so", "no library")));

        Assert.Contains(folder.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("is libtorch installed?", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Candidates_NamedFile_IsTheOnlyOne()
    {
        Assert.Equal(["/somewhere/lib.so"], TorchLibrary.Candidates("/somewhere/lib.so", "/program"));
        Assert.Equal(
            ["/a/bin/b/release/libtouchstone_torch.so", "/a/native/libtouchstone_torch.so"],
            TorchLibrary.Candidates(null, "/a/bin/b/release"));
    }

    [Fact]
    public void OpenBlas_LoadedWithLibtorch_HasOneThread()
    {
        Assert.NotEmpty(TorchLibrary.Version);

        var library = NativeLibrary.Load("libopenblas.so.0");
        var threads = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "openblas_get_num_threads");

        Assert.Equal(1, threads());
    }

    [Fact]
    public void Environment_BeforeLibtorchIsLoaded_TellsIdleThreadsNotToSpin()
    {
        Assert.NotEmpty(TorchLibrary.Version);

        // .NET's own copy of the environment does not matter: OpenMP asks the C library.
        var library = NativeLibrary.Load("libc.so.6");
        var get = (delegate* unmanaged<byte*, nint>)NativeLibrary.GetExport(library, "getenv");
        fixed (byte* name = "OMP_WAIT_POLICY\0"u8)
        {
            Assert.Equal("passive", Marshal.PtrToStringUTF8(get(name)));
        }
    }

    [Fact]
    public void Threads_AreWhatWasSet()
    {
        var before = TorchLibrary.Threads;
        TorchLibrary.Threads = 3;

        Assert.Equal(3, TorchLibrary.Threads);
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchLibrary.Threads = 0);
        TorchLibrary.Threads = before;
    }

    [Fact]
    public void Seed_SameTwice_GivesTheSameNumbers()
    {
        Assert.Equal(Numbers(7), Numbers(7));
        Assert.NotEqual(Numbers(7), Numbers(8));

        static float[] Numbers(ulong seed)
        {
            TorchLibrary.Seed(seed);
            using var numbers = Operator.Call("aten::randn", "", new long[] { 16 });
            return numbers.ToArray<float>();
        }
    }

    [Fact]
    public void SetDeterministic_On_RefusesWhatIsNot()
    {
        using var tensor = Tensor.Over<float>([1, 2, 3], 3);
        using var index = Tensor.Over<long>([0], 1);
        using var value = Tensor.Over<float>([9], 1);

        TorchLibrary.SetDeterministic(true);
        var fault = Assert.Throws<TorchException>(() => Operator.Call("aten::put_", "", tensor, index, value));
        TorchLibrary.SetDeterministic(false);
        using var put = Operator.Call("aten::put_", "", tensor, index, value);

        Assert.Contains("does not have a deterministic implementation", fault.Message, StringComparison.Ordinal);
        Assert.Equal([9, 2, 3], tensor.ToArray<float>());
    }

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    [InlineData("cuda:-1", null)]
    [InlineData("gpu", null)]
    public void Device_Names_AreLibtorchs(string name, string? expected) => Assert.Equal(expected, Device.Find(name)?.ToString());
}
