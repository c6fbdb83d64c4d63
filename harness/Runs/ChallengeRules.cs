using Touchstone.Evaluators;
using Touchstone.Submissions;

namespace Touchstone.Harness.Runs;

/// <summary>
/// Finds the rules of a challenge. A challenge given as a file is copied into the workspace when it is first entered: the
/// rules that an entry was accepted under stay with it, whatever becomes of the file.
/// </summary>
public static class ChallengeRules
{
    /// <summary>
    /// Protocol of a challenge whose scores come from a published study, by whatever definitions it used. Nothing can be
    /// scored by it here, so it takes no containers.
    /// </summary>
    public const string AsPublished = "as-published";

    /// <summary>Reads the challenge of an id: the workspace's own first, then those that come with Touchstone.</summary>
    /// <param name="workspace">Where to look.</param>
    /// <param name="id">The id, without path or extension.</param>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.UnknownChallenge"/>: there is none.</exception>
    /// <exception cref="InvalidDataException">An amendment of it is damaged.</exception>
    public static Challenge Read(Workspace workspace, string id)
    {
        if (AmendmentFile.ReadAll(workspace.Root, id) is [.., var newest])
        {
            return Parse(id, newest.Text);
        }

        var own = OwnFiles(workspace.Root).FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == id);
        return own is null ? ReadBuiltIn(id) : ReadFile(own);
    }

    /// <summary>Reads a challenge that comes with Touchstone, as it comes.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="SubmissionException">There is none.</exception>
    public static Challenge ReadBuiltIn(string id) => ChallengeFile.ReadBuiltIn(id, Vocabulary);

    /// <summary>The text of the file that states the rules which hold now.</summary>
    /// <inheritdoc cref="Read" path="/param"/>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static string TextOf(Workspace workspace, string id) =>
        AmendmentFile.ReadAll(workspace.Root, id) is [.., var newest] ? newest.Text
        : Path.Combine(Folder(workspace), $"{id}.yaml") is var own && File.Exists(own) ? ChallengeText.Read(own).Text
        : ChallengeFile.BuiltInText(id);

    /// <summary>Whether the workspace has a challenge of its own by an id.</summary>
    /// <inheritdoc cref="Read" path="/param"/>
    public static bool Has(Workspace workspace, string id) => File.Exists(Path.Combine(Folder(workspace), $"{id}.yaml"));

    /// <summary>Every challenge that can be named by its id, the workspace's own in place of those that come with Touchstone.</summary>
    /// <param name="workspace">Where to look.</param>
    public static IEnumerable<Challenge> Known(Workspace workspace) => OwnFiles(workspace.Root)
        .Select(path => Path.GetFileNameWithoutExtension(path)).Concat(ChallengeFile.BuiltIn)
        .Distinct().Select(id => Read(workspace, id));

    /// <summary>Canonical names of the structures of every challenge that can be named by its id.</summary>
    /// <param name="root">Folder of the workspace, which need not exist.</param>
    public static IReadOnlySet<string> KnownStructures(string root) => OwnFiles(root).Select(ReadFile)
        .Concat(ChallengeFile.BuiltIn.Select(ReadBuiltIn))
        .SelectMany(challenge => challenge.Structures).Select(StructureNames.Canonical).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads a challenge by id or by the path of its file.</summary>
    /// <param name="workspace">Where to look for an id.</param>
    /// <param name="text">An id, or a path that ends in <c>.yaml</c>.</param>
    /// <exception cref="SubmissionException">There is none, or the workspace keeps other rules under its name.</exception>
    public static Challenge Find(Workspace workspace, string text)
    {
        if (!IsPath(text))
        {
            return Read(workspace, text);
        }

        var challenge = ReadFile(text);
        return !IsKept(workspace, challenge.Id) || Read(workspace, challenge.Id).Sha256 == challenge.Sha256 ? challenge : throw new SubmissionException(
            SubmissionFault.Malformed,
            $"There are other rules under the name \"{challenge.Id}\" already ({Path.Combine(Folder(workspace), $"{challenge.Id}.yaml")}). "
            + $"Name them by \"{challenge.Id}\", change them with `touchstone challenge amend`, or give the changed file a new name.");
    }

    /// <summary>Whether the workspace keeps rules under an id: those that were entered as a file, or amended.</summary>
    private static bool IsKept(Workspace workspace, string id) =>
        Path.Exists(Path.Combine(Folder(workspace), $"{id}.yaml")) || AmendmentFile.Newest(workspace.Root, id) > 0;

    /// <summary>Reads a challenge file by its path alone, whatever a workspace keeps under its name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SubmissionException">There is none.</exception>
    /// <exception cref="Touchstone.Submissions.Yaml.MistakesException">It has mistakes.</exception>
    public static (Challenge Challenge, string Text) ReadWithText(string path)
    {
        if (!Path.Exists(path))
        {
            throw new SubmissionException(SubmissionFault.UnknownChallenge, $"There is no challenge file {path}.");
        }

        var read = ChallengeText.Read(path);
        return (
            ChallengeFile.Parse(
                Path.GetFileNameWithoutExtension(path), path, read.Text, Vocabulary with { FaultOfLabels = read.FaultOfLabels }),
            read.Text);
    }

    /// <summary>Reads a challenge for somebody who wants to enter a container.</summary>
    /// <inheritdoc cref="Find" path="/param"/>
    /// <exception cref="SubmissionException">There is none, or it takes no containers.</exception>
    public static Challenge FindForContainers(Workspace workspace, string text) => ForContainers(text, Find(workspace, text));

    /// <summary>Reads a challenge that comes with Touchstone, or one from a file, without any workspace.</summary>
    /// <param name="text">An id, or a path that ends in <c>.yaml</c>.</param>
    /// <exception cref="SubmissionException">There is none, or it takes no containers.</exception>
    public static Challenge FindForContainers(string text) =>
        ForContainers(text, IsPath(text) ? ReadFile(text) : ReadBuiltIn(text));

    /// <summary>
    /// Reads a challenge that somebody is about to enter, before anything is kept: rules that cannot be entered are refused.
    /// </summary>
    /// <inheritdoc cref="Find" path="/param"/>
    /// <exception cref="SubmissionException">
    /// There is none, or the workspace already has other rules under that name.
    /// </exception>
    public static Challenge FindToEnter(Workspace workspace, string text)
    {
        var challenge = Find(workspace, text);
        var isTaken = IsPath(text) && !IsKept(workspace, challenge.Id) && ChallengeFile.BuiltIn.Contains(challenge.Id);
        return !isTaken ? challenge : throw new SubmissionException(
            SubmissionFault.Malformed,
            $"Touchstone comes with other rules under the name \"{challenge.Id}\". Give the file a new name.");
    }

    /// <summary>Reads a challenge that somebody enters, and keeps its rules when they came as a file.</summary>
    /// <inheritdoc cref="FindToEnter" path="/param"/>
    /// <inheritdoc cref="FindToEnter" path="/exception"/>
    public static Challenge Enter(Workspace workspace, string text)
    {
        var challenge = FindToEnter(workspace, text);
        return !IsPath(text) || IsKept(workspace, challenge.Id) || DurableFile.WriteOnce(Path.Combine(Folder(workspace), $"{challenge.Id}.yaml"), ChallengeText.Read(text).Bytes)
            ? challenge
            : FindToEnter(workspace, text); // somebody kept rules meanwhile: the same ones, or it throws
    }

    private static readonly ChallengeVocabulary Vocabulary = new()
    {
        Labels = LabelMaps.All.ToDictionary(map => map.Name, map => map.Structures),
        FaultOfStructure = FaultOfStructure,
        Schemes = Leaderboard.SchemeNames.All,
        FaultOfMetrics = FaultOfMetrics,
    };

    /// <summary>The rules in the text of a challenge's file.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="Touchstone.Submissions.Yaml.MistakesException">The text has mistakes.</exception>
    public static Challenge Parse(string id, string text) => ChallengeFile.Parse(id, $"{id}.yaml", text, Vocabulary);

    /// <summary>Keeps the rules of a challenge that Touchstone itself makes, unless it has them already.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="id">Its id.</param>
    /// <param name="text">The text of its file.</param>
    /// <exception cref="SubmissionException">There are other rules under that name already.</exception>
    public static Challenge Keep(Workspace workspace, string id, string text)
    {
        var challenge = Parse(id, text);
        var path = Path.Combine(Folder(workspace), $"{id}.yaml");
        return DurableFile.WriteOnce(path, System.Text.Encoding.UTF8.GetBytes(text)) || ReadFile(path).Sha256 == challenge.Sha256
            ? challenge
            : throw new SubmissionException(
                SubmissionFault.Malformed,
                $"There are other rules under the name \"{id}\" already: name a challenge with --challenge.");
    }

    private static Challenge ForContainers(string text, Challenge challenge) => challenge.Protocol != AsPublished
        ? challenge
        : throw new SubmissionException(
            SubmissionFault.Malformed,
            $"{text} shows the scores of a published study as that study computed them. It takes no containers.");

    private static bool IsPath(string text) => text.EndsWith(".yaml", StringComparison.Ordinal);

    private static string Folder(Workspace workspace) => Folder(workspace.Root);

    private static string Folder(string root) => Path.Combine(root, "challenges");

    private static string[] OwnFiles(string root) =>
        Directory.Exists(Folder(root)) ? Directory.GetFiles(Folder(root), "*.yaml") : [];

    private static Challenge ReadFile(string path) => ReadWithText(path).Challenge;

    /// <summary>The numbering of a challenge.</summary>
    /// <param name="challenge">Its rules.</param>
    /// <exception cref="InvalidOperationException">It names a numbering that this build lacks.</exception>
    public static LabelMap LabelsOf(Challenge challenge) => challenge.Numbers.Count > 0
        ? new LabelMap { Name = challenge.Labels, Structures = challenge.Numbers }
        : LabelMaps.Find(challenge.Labels) ?? throw new InvalidOperationException($"There is no numbering {challenge.Labels}.");

    /// <inheritdoc cref="ChallengeVocabulary.FaultOfStructure"/>
    internal static string? FaultOfStructure(string name, IReadOnlyCollection<string> others) => StructureNames.FaultOf(name)
        ?? (StructureNames.Canonical(name) is var canonical && canonical != name ? $"\"{name}\" is called \"{canonical}\" here."
            : StructureNames.TwinsAmong([.. others.Where(other => other != name), name]));

    /// <summary>What is wrong with a protocol and a tolerance; null when they can be used.</summary>
    /// <param name="protocol">One of <see cref="Protocol.Names"/>, or <see cref="AsPublished"/>.</param>
    /// <param name="toleranceMm">NSD tolerance in millimetres.</param>
    internal static string? FaultOfMetrics(string protocol, double toleranceMm)
    {
        if (protocol == AsPublished)
        {
            return null;
        }

        try
        {
            new Protocol { Name = protocol, ToleranceMm = toleranceMm }.Validate();
            return null;
        }
        catch (ArgumentException fault)
        {
            return fault.Message;
        }
    }
}
