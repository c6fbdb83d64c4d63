using Touchstone.Baselines.Torch;

Console.WriteLine($"libtorch {TorchLibrary.Version}, {TorchLibrary.CudaDevices} GPUs, {TorchLibrary.Threads} threads");
