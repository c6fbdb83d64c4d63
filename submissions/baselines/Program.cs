using System.CommandLine;
using System.CommandLine.Help;
using Touchstone.Baselines;

var parse = CommandLine.Create(Console.Out, Console.Error).Parse(args);
if (parse.Errors.Count > 0 && parse.Action is not HelpAction)
{
    foreach (var error in parse.Errors)
    {
        Console.Error.WriteLine(error.Message);
    }

    Console.Error.WriteLine("See `touchstone-baselines --help`.");
    return Exit.WrongUse;
}

try
{
    return parse.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception fault) when (Exit.IsExplained(fault))
{
    Console.Error.WriteLine(fault.Message);
    return Exit.Failure;
}
