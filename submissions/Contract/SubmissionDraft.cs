using System.Security.Cryptography;
using System.Text;
using Touchstone.Submissions.Names;

namespace Touchstone.Submissions;

/// <summary>What a participant states about an entry, before its image is known to be good.</summary>
public sealed record SubmissionDraft
{
    /// <summary>Longest team or method name, in characters.</summary>
    public const int LongestName = 60;

    private const int LongestCommand = 4096;

    // 128 bits: who may choose half of the facts cannot aim at what another's add up to. Earlier builds took 32.
    private const int FingerprintDigits = 32;
    private const int EarlierDigits = 8;

    /// <summary>Team shown on the leaderboard, folded by <see cref="PlainText.Fold"/>.</summary>
    public required string Team { get; init => field = PlainText.Fold(value ?? ""); }

    /// <summary>Name of the method shown on the leaderboard, folded by <see cref="PlainText.Fold"/>.</summary>
    public required string Name { get; init => field = PlainText.Fold(value ?? ""); }

    /// <summary>Id of the challenge that it enters.</summary>
    public required string Challenge { get; init; }

    /// <summary>The phase that it enters. Default <see cref="ChallengePhase.Test"/>.</summary>
    public string Phase { get; init; } = ChallengePhase.Test;

    /// <summary>How CT and masks lie in the container.</summary>
    public SubmissionLayout Layout { get; init; }

    /// <summary>Text that <c>/bin/bash -c</c> runs in <c>/workspace</c>. Default <c>sh predict.sh</c>.</summary>
    public string Command { get; init; } = Submission.DefaultCommand[2];

    /// <summary>True when it asks for a GPU.</summary>
    public bool NeedsGpu { get; init; }

    /// <summary>True when its image works only as root; see <see cref="Challenge.AllowsRoot"/>.</summary>
    public bool NeedsRoot { get; init; }

    /// <summary>True for the organisers' own baselines.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>
    /// Datasets it was trained on, by manifest id, in ordinal order; null when it says nothing. On cases of these it is
    /// shown but not ranked.
    /// </summary>
    public IReadOnlyList<string>? TrainedOn { get; init; }

    /// <summary>Checks what can be checked without the image.</summary>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.Malformed"/>: a name or command is unusable.</exception>
    public void Check()
    {
        Demand(PlainText.NameFault("team", Team, LongestName));
        Demand(PlainText.NameFault("name", Name, LongestName));
        Demand(PlainText.Fault("command", Command, LongestCommand)); // not folded: it may name files as they are spelt
    }

    /// <summary>The id that builds of the time of 32-bit ids gave what has an id now.</summary>
    /// <param name="id">An id of <see cref="Accept"/>.</param>
    public static string EarlierId(string id) => id[..^(FingerprintDigits - EarlierDigits)];

    /// <summary>The submission that this becomes with its image.</summary>
    /// <param name="image">Content digest of the image.</param>
    /// <param name="source">Where the image came from, for people.</param>
    /// <param name="receivedAt">Now, UTC.</param>
    /// <returns>The same draft with the same image always has the same id.</returns>
    /// <exception cref="SubmissionException"><see cref="SubmissionFault.Malformed"/>: a name or command is unusable.</exception>
    public Submission Accept(ImageDigest image, string source, DateTimeOffset receivedAt)
    {
        Check();
        return new Submission
        {
            Id = $"{Slug(Team)}-{Slug(Name)}-{Fingerprint(image)}",
            Team = Team,
            Name = Name,
            Challenge = Challenge,
            Phase = Phase,
            Image = image,
            Source = source,
            Layout = Layout,
            Command = [.. Submission.DefaultCommand.Take(2), Command],
            NeedsGpu = NeedsGpu,
            NeedsRoot = NeedsRoot,
            IsBaseline = IsBaseline,
            TrainedOn = TrainedOn,
            ReceivedAt = receivedAt,
        };
    }

    private string Fingerprint(ImageDigest image)
    {
        // What was not declared adds nothing, and neither does the phase that was once the only one, so that a submission
        // keeps the id that it always had.
        var trainedOn = TrainedOn is null ? "" : $"\0{string.Join(',', TrainedOn)}";
        var facts = string.Join('\0', Challenge, Team, Name, Layout, Command, NeedsGpu, IsBaseline, image)
            + (NeedsRoot ? "\0root" : "") + trainedOn + (Phase == ChallengePhase.Test ? "" : $"\0phase {Phase}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facts)))[..FingerprintDigits];
    }

    private static string Slug(string text)
    {
        var words = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'))
            .Split('-', StringSplitOptions.RemoveEmptyEntries);
        var slug = words.Length == 0 ? "x" : string.Join('-', words);
        return slug[..Math.Min(40, slug.Length)].TrimEnd('-');
    }

    private static void Demand(string? fault)
    {
        if (fault is not null)
        {
            throw new SubmissionException(SubmissionFault.Malformed, fault);
        }
    }
}
