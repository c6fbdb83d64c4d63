using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Tests.Torch;

public sealed class OperatorTests
{
    [Fact]
    public void Call_OperatorByName_TakesDefaultsForTheRest()
    {
        using var left = Tensor.Over<float>([1, 2, 3, 4, 5, 6], 2, 3);
        using var right = Tensor.Over<float>([10, 20, 30, 40, 50, 60], 2, 3);

        using var sum = Operator.Call("aten::add", "Tensor", left, right);

        Assert.Equal([11, 22, 33, 44, 55, 66], sum.ToArray<float>());
        Assert.Equal([2, 3], sum.Shape);
    }

    [Fact]
    public void Call_ListsAndOptionalTensors_ArriveInTheirOrder()
    {
        using var image = Tensor.Over<float>([.. Enumerable.Range(0, 64).Select(n => (float)n)], 1, 1, 4, 4, 4);
        using var kernel = Tensor.Over<float>([1, 1, 1, 1, 1, 1, 1, 1], 1, 1, 2, 2, 2);
        using var rows = Tensor.Over<long>([3, 0], 2);

        using var sums = Operator.Call(
            "aten::conv3d", "", image, kernel, Value.None, new long[] { 2, 2, 2 }, new long[] { 0, 0, 0 });
        using var picked = Operator.Call("aten::index", "Tensor", image, Value.Optional(null, null, rows));

        Assert.Equal([84, 100, 148, 164, 340, 356, 404, 420], sums.ToArray<float>());
        Assert.Equal([1, 1, 2, 4, 4], picked.Shape);
        Assert.Equal(48, picked.ToArray<float>()[0]);
    }

    [Fact]
    public void CallAll_ListOfTensors_GivesEachOne()
    {
        using var tensor = Tensor.Over<float>([1, 2, 3, 4, 5], 5);

        var parts = Operator.CallAll("aten::split", "Tensor", tensor, 2);

        Assert.Equal(["1,2", "3,4", "5"], parts.Select(part =>
        {
            using var owned = (Tensor)part.Held!;
            return string.Join(',', owned.ToArray<float>());
        }));
    }

    [Fact]
    public void CallAll_NumbersAndTruths_ComeBackAsSuch()
    {
        using var tensor = Tensor.Over<float>([1.5f], 1);

        Assert.Equal(1L, Operator.CallAll("aten::size", "int", tensor, 0)[0].Integer);
        Assert.Equal(ValueKind.Boolean, Operator.CallAll("aten::is_nonzero", "", tensor)[0].Kind);
        Assert.Equal(1L, Operator.CallAll("aten::equal", "", tensor, tensor)[0].Integer);
    }

    [Theory]
    [InlineData("aten::no_such_thing", "", "no operator aten::no_such_thing")]
    [InlineData("aten::add", "Tensors", "no operator aten::add.Tensors")]
    [InlineData("aten::matmul", "", "matmul")] // an argument short
    [InlineData("aten::softmax", "int", "softmax")] // an argument of another kind
    public void Call_WhatIsNot_IsNamedInLibtorchsWords(string name, string overload, string expected)
    {
        using var tensor = Tensor.Over<float>([1, 2], 2);
        Value[] arguments = overload == "int" ? [tensor, "one"] : [tensor];

        var fault = Assert.Throws<TorchException>(() => Operator.Call(name, overload, arguments));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        AssertNoBacktrace(fault);
    }

    [Fact]
    public void Call_ShapesThatDoNotFit_SayWhich()
    {
        using var two = Tensor.Over<float>([1, 2], 2);
        using var three = Tensor.Over<float>([1, 2, 3], 3);

        var fault = Assert.Throws<TorchException>(() => Operator.Call("aten::add", "Tensor", two, three));

        Assert.StartsWith("The size of tensor a (2) must match the size of tensor b (3)", fault.Message, StringComparison.Ordinal);
        AssertNoBacktrace(fault);
    }

    [Fact]
    public void Call_MoreMemoryThanThereIs_IsAnExceptionOfItsOwn()
    {
        long[] eightPetabytes = [1L << 51];

        var fault = Assert.Throws<TorchMemoryException>(
            () => Operator.Call("aten::empty", "memory_format", eightPetabytes, ElementType.Float32));

        Assert.StartsWith("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9007199254740992 bytes.", fault.Message,
            StringComparison.Ordinal);
        AssertNoBacktrace(fault);
    }

    [Fact]
    public void Call_DisposedTensorAmongArguments_Throws()
    {
        var tensor = Tensor.Over<float>([1], 1);
        using var other = Tensor.Over<float>([1], 1);
        tensor.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Operator.Call("aten::add", "Tensor", other, tensor));
        Assert.Throws<ObjectDisposedException>(() => Operator.Call("aten::cat", "", new[] { other, tensor }));
    }

    [Fact]
    public void Call_SeveralResultsWhereOneIsExpected_SaysHowMany()
    {
        using var tensor = Tensor.Over<float>([1, 2, 3], 3);

        var fault = Assert.Throws<TorchException>(() => Operator.Call("aten::split", "Tensor", tensor, 1));

        Assert.Equal("aten::split gave 3 results where one tensor was expected.", fault.Message);
    }

    internal static void AssertNoBacktrace(Exception fault)
    {
        Assert.DoesNotContain("Exception raised from", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".cpp", fault.Message, StringComparison.Ordinal);
    }
}
