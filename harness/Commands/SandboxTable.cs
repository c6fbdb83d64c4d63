using Spectre.Console;
using Touchstone.Harness.Sandbox;

namespace Touchstone.Harness.Commands;

/// <summary>The sandbox as people read it.</summary>
internal static class SandboxTable
{
    public static void Print(IAnsiConsole console, IReadOnlyList<SandboxSetting> settings)
    {
        var table = new Table().Border(TableBorder.Horizontal);
        table.AddColumn(new TableColumn("Setting").NoWrap());
        table.AddColumn(new TableColumn("Value"));
        table.AddColumn(new TableColumn("Why"));
        foreach (var (setting, value, reason) in settings)
        {
            table.AddRow(new Text(setting), new Text(value), new Text(reason));
        }

        console.Write(table);
    }
}
