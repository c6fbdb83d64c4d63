using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Touchstone.Harness.Runs;

/// <summary>
/// The folder that holds everything an organiser's machine knows: entries, results, the index and the site. Its layout
/// is described in README.md; everything but the key and the entries can be made again.
/// </summary>
public sealed class Workspace
{
    private const int KeyBytes = 32;
    private const int HeldByAnother = 11; // EAGAIN, which flock gives
    private const string KeyName = "workspace.key";

    private readonly byte[] _key;

    private Workspace(string root, byte[] key)
    {
        Root = root;
        _key = key;
        Id = Hash($"workspace\n{root}")[..16];
    }

    /// <summary>The folder, an absolute path.</summary>
    public string Root { get; }

    /// <summary>Labels what belongs to this workspace in the engine; another for a copy in another place.</summary>
    public string Id { get; }

    /// <summary>The index of all results, which <c>touchstone reindex</c> makes again.</summary>
    public string StorePath => Path.Combine(Root, "store.sqlite");

    /// <summary>Teams, tokens, attempts and the queue: the truth about them, not an index; see <c>Intake/</c>.</summary>
    public string IntakePath => Path.Combine(Root, "intake.sqlite");

    /// <summary>Folder of image archives that were uploaded or are on their way.</summary>
    public string UploadsPath => Path.Combine(Root, "uploads");

    /// <summary>Folder of the accepted entries.</summary>
    public string SubmissionsPath => Path.Combine(Root, "submissions");

    /// <summary>Folder of all runs.</summary>
    public string RunsPath => Path.Combine(Root, "runs");

    /// <summary>Folder of the imported scores of published studies.</summary>
    public string ImportsPath => Path.Combine(Root, "imports");

    /// <summary>Folder of the boards that a server shows, by challenge and phase.</summary>
    public string BoardsPath => Path.Combine(Root, "boards");

    /// <summary>Opens a workspace, making it where there is none.</summary>
    /// <param name="root">The folder.</param>
    /// <exception cref="InvalidDataException">Its key file is damaged, or lost.</exception>
    /// <exception cref="IOException">It cannot be made there.</exception>
    public static Workspace Open(string root)
    {
        root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        if (File.Exists(root))
        {
            throw new IOException($"{root} is a file, where the folder of a workspace belongs. Name another with --workspace.");
        }

        var keyPath = Path.Combine(root, KeyName);
        if (!Path.Exists(keyPath) && !IsThere(root))
        {
            DurableFile.WriteOnce(keyPath, RandomNumberGenerator.GetBytes(KeyBytes), isPrivate: true);
        }

        return OpenAsItIs(root);
    }

    /// <summary>Opens a workspace that there is, and makes nothing.</summary>
    /// <param name="root">The folder.</param>
    /// <exception cref="InvalidDataException">Its key file is damaged, or lost.</exception>
    public static Workspace OpenAsItIs(string root)
    {
        root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var keyPath = Path.Combine(root, KeyName);
        if (!Path.Exists(keyPath))
        {
            throw new InvalidDataException(
                $"{keyPath} is lost: it makes the names under which participants know the cases. Restore it from a backup. Where there "
                + $"is none, `(umask 077; head -c {KeyBytes} /dev/urandom > {keyPath})` makes a new one, and every case gets another name.");
        }

        var key = RegularFile.ReadAllBytes(keyPath);
        return key.Length == KeyBytes
            ? new Workspace(root, key)
            : throw new InvalidDataException(
                $"{keyPath} has {key.Length} bytes instead of {KeyBytes}. Restore it from a backup: it makes the names under "
                + "which participants know the cases.");
    }

    /// <summary>Removes the key while nothing else is in the folder.</summary>
    /// <param name="keepsFolder">False to remove the folder with it.</param>
    public void RemoveWhereUnused(bool keepsFolder)
    {
        if (!Directory.Exists(Root) || Directory.GetFileSystemEntries(Root) is not [var only] || Path.GetFileName(only) != KeyName)
        {
            return;
        }

        File.Delete(only);
        if (!keepsFolder)
        {
            Directory.Delete(Root);
        }
    }

    /// <summary>Whether a folder holds what workspaces hold, be it with a key or without.</summary>
    /// <param name="root">The folder; it may be absent.</param>
    public static bool IsThere(string root) =>
        new[] { KeyName, "submissions", "runs", "imports", "studies", "releases" }.Any(name => Path.Exists(Path.Combine(root, name)));

    /// <summary>
    /// The only name of a case that participants see, and containers since this form of it: the same in every run of
    /// this workspace, and without its key not to be traced back. 64 bits; <see cref="CaseNames"/> refuses two of a kind.
    /// </summary>
    /// <param name="dataset">Dataset id of the manifest.</param>
    /// <param name="caseId">Case id of the case list.</param>
    public string Pseudonym(string dataset, string caseId) => CaseName(dataset, caseId, digits: 16);

    /// <summary>
    /// The name that earlier builds gave a case, of 32 bits: the beginning of <see cref="Pseudonym"/>. Results of theirs
    /// hold it, and studies begun by them go on with it.
    /// </summary>
    /// <inheritdoc cref="Pseudonym" path="/param"/>
    public string ShortPseudonym(string dataset, string caseId) => CaseName(dataset, caseId, digits: 8);

    /// <summary>The file of an accepted entry.</summary>
    /// <param name="submission">Its id.</param>
    public string SubmissionPath(string submission) => Path.Combine(OwnFolder.Below(SubmissionsPath, Name(submission)), "submission.json");

    /// <summary>
    /// Folder of what came of one entry on one case: <c>result.json</c>, <c>prediction/</c>, <c>container.log</c>.
    /// </summary>
    /// <param name="submission">Id of the entry.</param>
    /// <param name="dataset">Dataset id of the manifest.</param>
    /// <param name="caseId">Case id of the case list.</param>
    /// <exception cref="IOException">A link lies on the way there.</exception>
    public string CasePath(string submission, string dataset, string caseId) =>
        OwnFolder.Below(RunsPath, Name(submission), Name(dataset), Name(caseId));

    /// <summary>The truth about one entry on one case.</summary>
    /// <inheritdoc cref="CasePath" path="/param"/>
    public string ResultPath(string submission, string dataset, string caseId) =>
        Path.Combine(CasePath(submission, dataset, caseId), ResultFile.Name);

    /// <summary>The organiser's release of the board of one phase.</summary>
    /// <param name="challenge">Id of the challenge.</param>
    /// <param name="phase">Name of the phase.</param>
    public string ReleasePath(string challenge, string phase) =>
        Path.Combine(OwnFolder.Below(Root, "releases", Name(challenge)), $"{Name(phase)}.json");

    /// <summary>The imported scores of one method on one dataset.</summary>
    /// <param name="dataset">Dataset id of the manifest.</param>
    /// <param name="entry">Id of the entry.</param>
    public string ImportPath(string dataset, string entry) =>
        Path.Combine(OwnFolder.Below(ImportsPath, Name(dataset), Name(entry)), ImportFile.Name);

    /// <summary>The case list that came with an import, for a dataset whose cases are not on this machine.</summary>
    /// <param name="dataset">Dataset id of the manifest.</param>
    public string ImportedCaseListPath(string dataset) => Path.Combine(OwnFolder.Below(ImportsPath, Name(dataset)), "cases.csv");

    /// <summary>
    /// Takes the workspace for a run; the operating system gives it back when the process ends, however it ends.
    /// </summary>
    /// <exception cref="WorkspaceBusyException">Another process runs there.</exception>
    public IDisposable Lock() => Lock("run.lock", "Another touchstone runs in {0}. Wait until it has finished.");

    /// <summary>Takes the workspace for a server; one is enough, and uploads know only one.</summary>
    /// <exception cref="WorkspaceBusyException">Another server has it.</exception>
    public IDisposable LockServer() => Lock("serve.lock", "Another touchstone serve works on {0}.");

    /// <summary>Takes the decisions of a workspace for as long as one is written.</summary>
    /// <exception cref="WorkspaceBusyException">Another process decides.</exception>
    internal IDisposable LockDecisions() => Lock("decisions.lock", "Another touchstone decides about entries of {0}. Try again.");

    private FileStream Lock(string name, string busy)
    {
        var path = Path.Combine(Root, name);
        try
        {
            RegularFile.DemandWhereThere(path);

            // The lock is the kernel's (flock); the file stays and means nothing by itself.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            file.Flush();
            return file;
        }
        catch (IOException fault) when (fault.HResult == HeldByAnother)
        {
            throw new WorkspaceBusyException(string.Format(CultureInfo.InvariantCulture, busy, Root), fault);
        }
    }

    /// <summary>Whether an id can be the name of a folder.</summary>
    /// <param name="id">The id.</param>
    internal static bool IsName(string id) =>
        id.Length is > 0 and <= 200 && id[0] != '.' && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    /// <summary>Ids become names of folders, so none may lead elsewhere.</summary>
    private static string Name(string id) => IsName(id)
            ? id
            : throw new ArgumentException($"\"{id}\" cannot be the name of a folder: letters, digits, '.', '_' and '-' can.", nameof(id));

    private string CaseName(string dataset, string caseId, int digits) => $"case_{Hash($"case\n{dataset}\n{caseId}")[..digits]}";

    private string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
}

/// <summary>Another process runs in the workspace.</summary>
public sealed class WorkspaceBusyException(string message, Exception inner) : IOException(message, inner);
