using System.Security.Cryptography;
using System.Text;

namespace Touchstone.Leaderboard.Viewer;

/// <summary>The files of the case viewer within a board's folder, and what is in them.</summary>
public static class CaseFiles
{
    /// <summary>Path of the page of an entry on a case.</summary>
    internal static string Page(string dataset, string caseId, string entry) => $"case/{dataset}/{caseId}/{entry}.html";

    internal static string Ct(ShownCase one) => $"{Folder(one)}/volume-ct.js";

    internal static string Reference(ShownCase one) => $"{Folder(one)}/volume-reference.js";

    internal static string Prediction(ShownCase one, string entry) => $"{Folder(one)}/volume-of-{entry}.js";

    /// <summary>
    /// A volume as a script of the site. A page that was opened from a disk may load scripts, but may not read any
    /// other file; and the strict content security policy allows the site's own scripts already.
    /// </summary>
    /// <param name="nifti">A compressed NIfTI file.</param>
    public static byte[] Script(ReadOnlySpan<byte> nifti) =>
        Encoding.ASCII.GetBytes($"touchstoneVolume(\"{Convert.ToBase64String(nifti)}\");\n");

    /// <summary>The name of a file by its content.</summary>
    /// <param name="script">The bytes of <see cref="Script"/>.</param>
    public static string Sha256Of(ReadOnlySpan<byte> script) => Convert.ToHexStringLower(SHA256.HashData(script));

    private static string Folder(ShownCase one) => $"case/{one.Dataset}/{one.Case}";
}
