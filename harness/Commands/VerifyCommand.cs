using System.CommandLine;
using Touchstone.Harness.Datasets;
using Touchstone.Harness.Runs;
using Touchstone.Harness.Verification;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone verify</c>: whether what was kept is still what was written.</summary>
internal static class VerifyCommand
{
    public static Command Create(Globals globals)
    {
        var path = new Argument<string?>("PATH")
        {
            Description = "A workspace; that of --workspace when it is left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command(
            "verify",
            "Look through everything that is kept: checksums, results against their entries, rules and predictions, decisions against "
            + "their journal, the store against the files. Says whether the boards follow. Exit code 1 when anything is wrong.")
        {
            path, globals.ManifestPath, globals.WorkspacePath,
        };
        command.SetAction(parse =>
        {
            var root = Globals.DemandWorkspace(parse.GetValue(path) ?? parse.GetRequiredValue(globals.WorkspacePath));
            var manifest = parse.GetRequiredValue(globals.ManifestPath);
            var report = new WorkspaceVerification(Workspace.OpenAsItIs(root), Path.Exists(manifest) ? Manifest.Read(manifest) : null)
                .Run();
            foreach (var problem in report.Problems)
            {
                globals.Out.PrintLine(problem);
            }

            foreach (var remark in report.Remarks)
            {
                globals.Out.PrintLine(remark);
            }

            globals.Out.PrintLine(report.Checked);
            globals.Out.PrintLine(report.Problems.Count == 0 ? "Nothing is wrong." : $"Wrong: {report.Problems.Count}.");
            globals.Out.PrintLine(report.Boards);
            return report.Problems.Count == 0 ? Exit.Success : Exit.Failure;
        });
        return command;
    }
}
