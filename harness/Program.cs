using Touchstone.Harness.Commands;

return await new Invocation(new Globals
{
    Out = Terminal.Create(Console.Out, Console.IsOutputRedirected),
    Progress = Terminal.Create(Console.Error, Console.IsErrorRedirected),
    Clock = TimeProvider.System,
}).RunAsync(args);
