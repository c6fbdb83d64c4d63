using System.Text;

namespace Touchstone.Harness.Checks;

/// <summary>A folder to begin an entry with. The files lie in the executable, so a published one needs nothing beside it.</summary>
internal static class SubmissionTemplate
{
    private const string Prefix = "templates/";
    private const string NamePlace = "{{name}}";
    private const string LayoutPlace = "{{layout}}";

    /// <summary>The templates there are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["python-numpy", "python-torch", "csharp"];

    /// <summary>Files of a template with their text, by their names in the new folder.</summary>
    /// <param name="template">One of <see cref="Names"/>.</param>
    /// <param name="name">The entry's name, which the files mention.</param>
    /// <param name="layout"><c>flat</c> or <c>folder</c>.</param>
    public static IReadOnlyDictionary<string, string> Files(string template, string name, string layout)
    {
        var assembly = typeof(SubmissionTemplate).Assembly;
        var prefixes = new[] { $"{Prefix}{template}/", $"{Prefix}every/" };
        return assembly.GetManifestResourceNames()
            .SelectMany(resource => prefixes.Where(prefix => resource.StartsWith(prefix, StringComparison.Ordinal))
                .Select(prefix => (Resource: resource, File: resource[prefix.Length..])))
            .ToDictionary(
                file => file.File,
                file => Text(file.Resource)
                    .Replace(NamePlace, name, StringComparison.Ordinal)
                    .Replace(LayoutPlace, layout, StringComparison.Ordinal));

        string Text(string resource)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Writes a template's files. Nothing is ever written over.</summary>
    /// <param name="folder">A folder that is absent or empty.</param>
    /// <param name="files">The files.</param>
    /// <exception cref="IOException">A file is there already, or cannot be written.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, string> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            stream.Write(Encoding.UTF8.GetBytes(text));
            if (name.EndsWith(".sh", StringComparison.Ordinal) && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
            }
        }
    }
}
