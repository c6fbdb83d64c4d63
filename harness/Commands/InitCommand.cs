using System.CommandLine;
using System.Text.RegularExpressions;
using Touchstone.Harness.Checks;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone init</c>: a folder to begin an entry with.</summary>
internal static partial class InitCommand
{
    public static Command Create(Globals globals)
    {
        var folder = new Argument<string>("NAME")
        {
            Description = "A new folder; its last part also names the image: small letters, digits, and . _ - between them.",
        };
        var template = new Option<string>("--template")
        {
            Description = "python-numpy: nibabel and NumPy. python-torch: PyTorch, CPU or CUDA, a TorchScript network in a sliding "
                + "window. csharp: one self-contained .NET program.",
            HelpName = string.Join('|', SubmissionTemplate.Names),
            Required = true,
        };
        var layout = new Option<string>("--layout")
        {
            Description = "The layout that the commands in its README say. The programs take either.",
            HelpName = "flat|folder",
            DefaultValueFactory = _ => "flat",
        };
        template.AcceptOnlyFromAmong([.. SubmissionTemplate.Names]);
        layout.AcceptOnlyFromAmong("flat", "folder");
        var command = new Command(
            "init", "Begin an entry: write a folder that builds, passes `touchstone check`, and is yours to change.")
        {
            folder, template, layout,
        };
        command.SetAction(parse =>
        {
            var path = Path.GetFullPath(parse.GetRequiredValue(folder));
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
            Check(path, name);
            var (kind, order) = (parse.GetRequiredValue(template), parse.GetRequiredValue(layout));
            SubmissionTemplate.Write(path, SubmissionTemplate.Files(kind, name, order));
            globals.Out.Profile.Out.Writer.Write(NextSteps(parse.GetRequiredValue(folder), name, kind, order));
            return Exit.Success;
        });
        return command;
    }

    /// <summary>What to do next, command by command. Pure.</summary>
    /// <param name="folder">The folder, as given.</param>
    /// <param name="name">The entry's name.</param>
    /// <param name="template">The template.</param>
    /// <param name="layout"><c>flat</c> or <c>folder</c>.</param>
    internal static string NextSteps(string folder, string name, string template, string layout)
    {
        var publish = template == "csharp" ? "  dotnet publish -c Release -r linux-x64 -o out\n" : "";
        var baseKind = template == "csharp" ? "program out/segment" : template;
        return $"""
            Made {folder}. Next:

              cd {folder}
            {publish}  docker build -t {name} .
              docker save -o {name}.tar {name}
              touchstone check {name}.tar --layout {layout}

            Where no registry answers, build with

              docker build --network none --build-arg BASE="$(bash make-base.sh {baseKind})" -t {name} .

            Then put your method in: README.md says where.

            """;
    }

    private static void Check(string path, string name)
    {
        if (!NamePattern.IsMatch(name))
        {
            throw new WrongUseException(
                $"\"{name}\" cannot name an image: use small letters and digits, with . _ or - between them, such as my-entry.");
        }

        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new WrongUseException($"{path} is there already and not empty. Name a new folder: nothing is ever written over.");
        }
    }

    [GeneratedRegex("^[a-z0-9]+([._-][a-z0-9]+)*\\z")]
    private static partial Regex NamePattern { get; }
}
