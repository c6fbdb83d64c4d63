using Touchstone.Baselines.Torch;

namespace Touchstone.Baselines.Tests.Torch;

public sealed class ScriptModuleTests
{
    private static ModuleDefinition Linear(string name, int inputs, int outputs) => new()
    {
        Name = name,
        Tensors = [new("weight", [outputs, inputs]), new("bias", [outputs])],
        Source = """
            def forward(self, x: Tensor) -> Tensor:
                return torch.matmul(x, self.weight.t()) + self.bias
            """,
    };

    private static ModuleDefinition Two => new()
    {
        Name = "Two",
        Children =
        [
            ("0", Linear("First", 2, 3)),
            ("head", new() { Name = "Head", Children = [("1", Linear("Second", 3, 1))] }),
        ],
        Tensors = [new("scale", [1]) { IsBuffer = true }],
        Source = """
            def forward(self, x: Tensor) -> Tensor:
                return getattr(self.head, "1").forward(getattr(self, "0").forward(x)) * self.scale
            """,
    };

    [Fact]
    public void Build_NestedDefinition_HasTheNamesOfItsNesting()
    {
        using var module = ScriptModule.Build(Two);

        Assert.Equal(["0.weight", "0.bias", "head.1.weight", "head.1.bias"], module.Parameters);
        Assert.Equal(["scale"], module.Buffers);
        Assert.Equal(
            module.Parameters.Concat(module.Buffers).Order(), Two.State().Select(tensor => tensor.Name).Order());
        Assert.Equal(6 + 3 + 3 + 1, Two.ParameterCount());
    }

    [Fact]
    public void Forward_AssignedWeights_ComputesWithThem()
    {
        using var module = Filled();
        using var input = Tensor.Over<float>([1, 2], 1, 2);

        using var output = module.Forward(input);

        // The first layer gives (1, 2, 3), the second their sum, plus 1, times 10.
        Assert.Equal([70], output.ToArray<float>());
    }

    [Fact]
    public void Save_AndLoad_GiveTheSameBits()
    {
        using var folder = new TemporaryFolder();
        using var module = Filled();
        using var input = Tensor.Over<float>([0.3f, -7.1f], 1, 2);
        module.Train(false);
        module.Save(folder.File("two.pt"));

        using var read = ScriptModule.Load(folder.File("two.pt"), Device.Cpu);
        using var expected = module.Forward(input);
        using var output = read.Forward(input);

        Assert.Equal(module.Parameters, read.Parameters);
        Assert.Equal(expected.ToArray<float>(), output.ToArray<float>());
    }

    [Fact]
    public void Load_NoModule_SaysSo()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<TorchException>(() => ScriptModule.Load(folder.File("absent.pt"), Device.Cpu));
        var fault = Assert.Throws<TorchException>(() => ScriptModule.Load(folder.Write("text.pt", "no zip"), Device.Cpu));

        OperatorTests.AssertNoBacktrace(fault);
    }

    [Fact]
    public void State_IsTheModulesOwnTensor()
    {
        using var module = Filled();
        using var input = Tensor.Over<float>([1, 2], 1, 2);
        using (var scale = module.State("scale"))
        {
            using var doubled = Operator.Call("aten::mul_", "Scalar", scale, 2.0);
        }

        using var output = module.Forward(input);

        Assert.Equal([140], output.ToArray<float>());
        Assert.Throws<TorchException>(() => module.State("head.1.weights"));
        Assert.Throws<TorchException>(() => module.State("scale.weight"));
    }

    [Fact]
    public void Compile_LossAsText_RunsAndSendsGradients()
    {
        using var functions = ScriptModule.Compile("""
            def dice(self, p: Tensor, t: Tensor, smooth: float) -> Tensor:
                return 1.0 - (2.0 * (p * t).sum() + smooth) / (p.sum() + t.sum() + smooth)
            """);
        using var prediction = Tensor.Over<float>([1, 0, 1, 0], 4);
        using var truth = Tensor.Over<float>([1, 0, 0, 0], 4);
        prediction.RequireGradient(true);

        using var loss = functions.Call("dice", prediction, truth, 0.0);
        loss.Backward();
        using var gradient = prediction.Gradient!;

        Assert.Equal(1 - (2.0 / 3), loss.Scalar(), 6);
        Assert.Equal(-4.0 / 9, gradient.ToArray<float>()[0], 6);
    }

    [Fact]
    public void Compile_TextWithAMistake_ShowsWhere()
    {
        var fault = Assert.Throws<TorchException>(() => ScriptModule.Compile("""
            def f(self, x: Tensor) -> Tensor:
                return torch.no_such_function(x)
            """));

        Assert.Contains("torch.no_such_function(x)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("<--- HERE", fault.Message, StringComparison.Ordinal);
        OperatorTests.AssertNoBacktrace(fault);
    }

    [Fact]
    public void Forward_InputThatDoesNotFit_GivesLibtorchsReason()
    {
        using var module = Filled();
        using var input = Tensor.Over<float>([1, 2, 3], 1, 3);

        var fault = Assert.Throws<TorchException>(() => module.Forward(input));

        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (1x3 and 2x3)", fault.Message, StringComparison.Ordinal);
        OperatorTests.AssertNoBacktrace(fault);
    }

    [Fact]
    public void AnyUse_AfterDisposal_Throws()
    {
        var module = Filled();
        using var input = Tensor.Over<float>([1, 2], 1, 2);
        module.Dispose();

        Assert.Throws<ObjectDisposedException>(() => module.Forward(input));
        Assert.Throws<ObjectDisposedException>(() => module.Parameters);
        Assert.Throws<ObjectDisposedException>(() => module.State("scale"));
    }

    private static ScriptModule Filled()
    {
        var module = ScriptModule.Build(Two);
        Assign("0.weight", 1, 0, 0, 1, 1, 1);
        Assign("0.bias", 0, 0, 0);
        Assign("head.1.weight", 1, 1, 1);
        Assign("head.1.bias", 1);
        Assign("scale", 10);
        return module;

        void Assign(string name, params float[] values)
        {
            using var state = module.State(name);
            using var tensor = Tensor.Over(values, [.. state.Shape]);
            state.Assign(tensor);
        }
    }
}
