using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Touchstone.Baselines.Checkpoints;
using Touchstone.Baselines.Inference;
using Touchstone.Baselines.Measuring;
using Touchstone.Baselines.Torch;
using Touchstone.Baselines.Training;
using Touchstone.Evaluators;

namespace Touchstone.Baselines;

/// <summary>The worker's commands.</summary>
internal static class CommandLine
{
    /// <summary>All of them.</summary>
    /// <param name="output">Gets what was asked for.</param>
    /// <param name="errors">Gets what went wrong.</param>
    public static RootCommand Create(TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("The in-house baselines of Touchstone: networks on libtorch that segment CTs.")
        {
            Predict(output, errors), Train(errors), Inspect(output), Info(output), MeasureCommand.Create(output),
        };
        return root;
    }

    private static Command Predict(TextWriter output, TextWriter errors)
    {
        var model = ModelOption();
        var workspace = WorkspaceOption();
        var device = DeviceOption();
        var threads = ThreadsOption();
        var command = new Command("predict", "Segments every CT below WORKSPACE/inputs, by the container contract.")
        {
            model, workspace, device, threads,
        };
        command.SetAction(parse =>
        {
            TorchLibrary.Threads = parse.GetValue(threads);
            TorchLibrary.SetDeterministic(true);
            using var segmenter = Segmenter.Open(parse.GetValue(model)!, Device.Find(parse.GetValue(device)!)!.Value);
            var root = parse.GetValue(workspace)!;
            return PredictAll(
                segmenter, new Workspace(Path.Combine(root, "inputs"), Path.Combine(root, "outputs"), segmenter.Model.Layout), output, errors);
        });
        return command;
    }

    private static Command Train(TextWriter errors)
    {
        var workspace = WorkspaceOption();
        var recipe = new Option<string>("--recipe")
        {
            Description = "How to train, see README.md",
            DefaultValueFactory = _ => "model/recipe.json",
        };
        var command = new Command("train", "Does the job in WORKSPACE/inputs, by the contract of training containers.")
        {
            workspace, recipe,
        };
        command.SetAction(parse =>
        {
            TrainingJob.Run(parse.GetValue(workspace)!, parse.GetValue(recipe)!, errors);
            return Exit.Success;
        });
        return command;
    }

    private static int PredictAll(Segmenter segmenter, Workspace workspace, TextWriter output, TextWriter errors)
    {
        var exit = Exit.Success;
        var map = LabelMaps.Find(segmenter.Model.Labels)!;
        foreach (var (name, path) in workspace.Cases())
        {
            var clock = Stopwatch.StartNew();
            try
            {
                var segmentation = segmenter.Segment(path);
                workspace.Write(name, segmentation, map);
                var (x, y, z) = segmentation.Box.Size;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{name}: {x}×{y}×{z} voxels in {clock.Elapsed.TotalSeconds:F1} s"));
            }
            catch (Exception fault) when (Exit.IsExplained(fault))
            {
                errors.WriteLine($"{name}: {fault.Message}");
                exit = Exit.Failure;
            }
        }

        return exit;
    }

    private static Command Inspect(TextWriter output)
    {
        var model = ModelOption();
        var command = new Command("inspect", "Tells how a model's checkpoint meets its network, tensor by tensor. Reads no weights.")
        {
            model,
        };
        command.SetAction(parse =>
        {
            var path = parse.GetValue(model)!;
            var file = ModelFile.Read(path);
            using var checkpoint = CheckpointFile.Open(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file.Weights));
            var definition = file.Plan.Define();
            var report = CheckpointLoader.Compare(definition, checkpoint);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{file.Network}: {definition.ParameterCount():N0} parameters."));
            output.WriteLine(report);
            return report.IsComplete ? Exit.Success : Exit.Failure;
        });
        return command;
    }

    private static Command Info(TextWriter output)
    {
        var command = new Command("info", "Tells libtorch's version and what it can compute on.");
        command.SetAction(_ =>
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"libtorch {TorchLibrary.Version}, {Environment.ProcessorCount} processors, {TorchLibrary.CudaDevices} CUDA devices"));
            return Exit.Success;
        });
        return command;
    }

    private static Option<string> WorkspaceOption() => new("--workspace")
    {
        Description = "Folder with inputs and outputs",
        DefaultValueFactory = _ => "/workspace",
    };

    private static Option<string> ModelOption() => new("--model")
    {
        Description = "The model file; its weights lie beside it",
        Required = true,
    };

    private static Option<string> DeviceOption()
    {
        var option = new Option<string>("--device") { Description = "cpu, cuda or cuda:N", DefaultValueFactory = _ => "cpu" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && Device.Find(name) is null)
            {
                result.AddError($"There is no device {name}: cpu, cuda or cuda:N.");
            }
        });
        return option;
    }

    private static Option<int> ThreadsOption()
    {
        var option = new Option<int>("--threads")
        {
            Description = "Threads of one operator; default: processors",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && !(int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1024))
            {
                result.AddError("--threads is a number from 1 to 1024.");
            }
        });
        return option;
    }
}
