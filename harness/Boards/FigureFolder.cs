using System.ComponentModel;
using System.Diagnostics;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Harness.Boards;

/// <summary>Figures for papers: SVG, and PDF where <c>rsvg-convert</c> is installed; both are vectors.</summary>
public static class FigureFolder
{
    /// <summary>Writes every figure, in the colours for paper, over what has the same name.</summary>
    /// <param name="folder">Made when it is absent.</param>
    /// <param name="drawings">The drawn figures.</param>
    /// <param name="token">Ends the converter.</param>
    /// <returns>Files written, and what was missing, for the operator; null when nothing was.</returns>
    /// <exception cref="IOException">The converter refuses a figure.</exception>
    public static async Task<(int Written, string? Missing)> WriteAsync(
        string folder, Drawings drawings, CancellationToken token = default)
    {
        var written = 0;
        string? missing = null;
        foreach (var (path, svg) in drawings.Svgs.Where(pair => !pair.Key.EndsWith(".dark.svg", StringComparison.Ordinal))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var file = Path.Combine(folder, path.Replace("figures/", "", StringComparison.Ordinal));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, svg, token);
            written++;
            missing ??= await ConvertAsync(file, token) ? null : "PDF needs `rsvg-convert` (Debian: librsvg2-bin)";
            written += missing is null ? 1 : 0;
        }

        return (written, missing);
    }

    /// <summary>Makes the PDF beside an SVG; false when there is no converter.</summary>
    private static async Task<bool> ConvertAsync(string svg, CancellationToken token)
    {
        try
        {
            using var convert = Process.Start(new ProcessStartInfo("rsvg-convert")
            {
                ArgumentList = { "--format", "pdf", "--output", Path.ChangeExtension(svg, ".pdf"), svg },
                RedirectStandardError = true,
            })!;
            var complaint = await convert.StandardError.ReadToEndAsync(token);
            await convert.WaitForExitAsync(token);
            return convert.ExitCode == 0 ? true : throw new IOException($"rsvg-convert refuses {svg}: {complaint.Trim()}");
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
