using System.Runtime.CompilerServices;
using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Tests.Torch;

public sealed class TensorTests
{
    [Fact]
    public void Over_Array_SharesItsMemory()
    {
        var numbers = new float[] { 1, 2, 3 };
        using var tensor = Tensor.Over(numbers, 3);

        using var doubled = Operator.Call("aten::mul_", "Scalar", tensor, 2.0);
        numbers[0] = 100;

        Assert.Equal([100, 4, 6], numbers);
        Assert.Equal([100, 4, 6], tensor.ToArray<float>());
    }

    [Fact]
    public void Over_ShapeOfAnotherSize_Throws()
    {
        Assert.Throws<ArgumentException>(() => Tensor.Over<float>([1, 2, 3], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Over<float>([1], -1, -1));
        Assert.Throws<ArgumentException>(() => Tensor.Over<char>(['a'], 1));
    }

    [Fact]
    public void Over_ViewThatOutlivesIt_KeepsTheArray()
    {
        var (array, view) = ViewOfForgottenArray();
        Collect();

        Assert.True(array.IsAlive);
        Assert.Equal([2, 3], view.ToArray<float>());

        view.Dispose();
        Collect();
        Assert.False(array.IsAlive);
    }

    [Fact]
    public void Dispose_NeverCalled_TheCollectorFreesTensorAndArray()
    {
        var array = ForgottenTensor();
        for (var n = 0; n < 10 && array.IsAlive; n++)
        {
            Collect(); // the tensor's finaliser unpins the array, the next collection takes it
        }

        Assert.False(array.IsAlive);
    }

    [Fact]
    public void AnyUse_AfterDisposal_Throws()
    {
        var tensor = Tensor.Over<float>([1, 2], 2);
        tensor.Dispose();
        tensor.Dispose();

        Assert.Throws<ObjectDisposedException>(() => tensor.Shape);
        Assert.Throws<ObjectDisposedException>(() => tensor.ToArray<float>());
        Assert.Throws<ObjectDisposedException>(() => tensor.To(Device.Cpu));
        Assert.Throws<ObjectDisposedException>(tensor.Backward);
        Assert.Throws<ObjectDisposedException>(() => Operator.Call("aten::relu", "", tensor));
    }

    [Fact]
    public void CopyTo_OtherTypeOrLength_Throws()
    {
        using var tensor = Tensor.Over<float>([1, 2], 2);

        Assert.Throws<TorchException>(() => tensor.ToArray<double>());
        Assert.Throws<TorchException>(() => tensor.CopyTo<float>(new float[3]));
    }

    [Fact]
    public void ToArray_TransposedView_IsInTheViewsOrder()
    {
        using var tensor = Tensor.Over<short>([1, 2, 3, 4, 5, 6], 2, 3);
        using var transposed = Operator.Call("aten::t", "", tensor);

        Assert.Equal([1, 4, 2, 5, 3, 6], transposed.ToArray<short>());
    }

    [Fact]
    public void To_OtherType_Converts()
    {
        using var tensor = Tensor.Over<short>([-1000, 0, 40], 3);
        using var real = tensor.To(Device.Cpu, ElementType.Float32);
        using var half = tensor.To(Device.Cpu, ElementType.Float16);

        Assert.Equal([-1000f, 0, 40], real.ToArray<float>());
        Assert.Equal([(Half)(-1000), (Half)0, (Half)40], half.ToArray<Half>());
    }

    [Fact]
    public void To_Cuda_AgreesWithTheProcessor_OrSaysThatThereIsNone()
    {
        using var tensor = Tensor.Over<float>([1, 2, 3], 3);
        if (TorchLibrary.CudaDevices == 0)
        {
            var fault = Assert.Throws<TorchException>(() => tensor.To(Device.Cuda(0)));
            Assert.Equal("There is no cuda:0: libtorch sees 0 CUDA devices.", fault.Message);
            return;
        }

        using var there = tensor.To(Device.Cuda(0));
        using var sum = Operator.Call("aten::sum", "", there);

        Assert.Equal(Device.Cuda(0), there.Device);
        Assert.Equal(6, sum.Scalar());
    }

    [Fact]
    public void Backward_Square_GivesTwiceTheNumber()
    {
        using var x = Tensor.Over<float>([3, 4], 2);
        x.RequireGradient(true);
        using var square = Operator.Call("aten::mul", "Tensor", x, x);
        using var sum = Operator.Call("aten::sum", "", square);

        Assert.Null(x.Gradient);
        sum.Backward();

        using var gradient = x.Gradient!;
        Assert.Equal([6, 8], gradient.ToArray<float>());
    }

    [Fact]
    public void GradientMode_Off_RecordsNothing_AndComesBack()
    {
        using var x = Tensor.Over<float>([3], 1);
        x.RequireGradient(true);
        using (GradientMode.Off())
        {
            using var silent = Operator.Call("aten::mul", "Tensor", x, x);
            Assert.Throws<TorchException>(silent.Backward);
        }

        using var heard = Operator.Call("aten::mul", "Tensor", x, x);
        heard.Backward();
    }

    [Fact]
    public void Assign_OtherShape_IsRefused()
    {
        using var three = Tensor.Over<float>([1, 2, 3], 3);
        using var one = Tensor.Over<float>([1], 1);
        using var doubles = Tensor.Over<double>([7, 8, 9], 3);

        var fault = Assert.Throws<TorchException>(() => three.Assign(one)); // copy_ alone would spread the 1
        three.Assign(doubles);

        Assert.Equal("A tensor of shape [3] cannot take one of shape [1].", fault.Message);
        Assert.Equal([7, 8, 9], three.ToArray<float>());
    }

    [Fact]
    public void Tensors_MadeAndDisposedByManyThreads_NeitherCrashNorGrow()
    {
        Work(200);
        var before = Environment.WorkingSet;

        Work(4000); // would hold 4000 × 256 KiB = 1 GB if nothing were freed

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 200L << 20);

        static void Work(int rounds) => Parallel.For(0, rounds, n =>
        {
            var ones = new float[65536];
            Array.Fill(ones, 1);
            using var tensor = Tensor.Over(ones, ones.Length);
            using var sum = Operator.Call("aten::sum", "", tensor);
            Assert.Equal(65536, sum.Scalar());
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Array, Tensor View) ViewOfForgottenArray()
    {
        var numbers = new float[] { 1, 2, 3 };
        using var tensor = Tensor.Over(numbers, 3);
        return (new WeakReference(numbers), Operator.Call("aten::narrow", "", tensor, 0, 1, 2));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ForgottenTensor()
    {
        var numbers = new float[] { 1, 2, 3 };
        _ = Tensor.Over(numbers, 3);
        return new WeakReference(numbers);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
