using Touchstone.Harness.Commands;

var command = args is [var first, ..] && !first.StartsWith('-') ? $"touchstone {first}" : "touchstone";
Defect.Watch(command, Console.Error);
try
{
    return await new Invocation(new Globals
    {
        Out = Terminal.Create(Console.Out, Console.IsOutputRedirected),
        Progress = Terminal.Create(Console.Error, Console.IsErrorRedirected),
        Clock = TimeProvider.System,
    }).RunAsync(args);
}
catch (Exception fault)
{
    return Defect.Print(command, fault, Console.Error);
}
