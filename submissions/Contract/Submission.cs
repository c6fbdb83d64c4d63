using System.Text.Json.Serialization;

namespace Touchstone.Submissions;

/// <summary>How a container finds its CT and where it puts its masks, below <c>/workspace</c>.</summary>
public enum SubmissionLayout
{
    /// <summary><c>inputs/&lt;case&gt;.nii.gz</c> in, one multi-label <c>outputs/&lt;case&gt;.nii.gz</c> out (BodyMaps 2024, FLARE).</summary>
    Flat,

    /// <summary>
    /// <c>inputs/&lt;case&gt;/ct.nii.gz</c> in, one binary <c>outputs/&lt;case&gt;/segmentations/&lt;structure&gt;.nii.gz</c> per
    /// structure out (SuPreM, AbdomenAtlas).
    /// </summary>
    Folder,
}

/// <summary>One participant's entry, as accepted. It never changes; a corrected entry is a new submission.</summary>
public sealed record Submission
{
    /// <summary>Command of the published contract, run in <c>/workspace</c>.</summary>
    public static IReadOnlyList<string> DefaultCommand { get; } = ["/bin/bash", "-c", "sh predict.sh"];

    /// <summary>Stable key, safe as a file name, also the name of its folder of runs.</summary>
    public required string Id { get; init; }

    /// <summary>Team shown on the leaderboard.</summary>
    public required string Team { get; init; }

    /// <summary>Name of the method shown on the leaderboard.</summary>
    public required string Name { get; init; }

    /// <summary>Id of the challenge that it enters.</summary>
    public required string Challenge { get; init; }

    /// <summary>The phase that it enters. Default <see cref="ChallengePhase.Test"/>, the only one that older files know.</summary>
    public string Phase
    {
        get;
        init => field = value ?? ChallengePhase.Test; // null when read from a file without it
    } = ChallengePhase.Test;

    /// <summary>The container image, pinned by content and never by tag: the digest of its configuration.</summary>
    public required ImageDigest Image { get; init; }

    /// <summary>Where the image came from, for people: archive name, or reference with its registry digest.</summary>
    public required string Source { get; init; }

    /// <summary>How CT and masks lie in the container.</summary>
    public required SubmissionLayout Layout { get; init; }

    /// <summary>Command line as arguments; default <see cref="DefaultCommand"/>.</summary>
    public IReadOnlyList<string> Command { get; init; } = DefaultCommand;

    /// <summary>True when it asks for a GPU.</summary>
    public bool NeedsGpu { get; init; }

    /// <summary>True when its image works only as root; see <see cref="Challenge.AllowsRoot"/>.</summary>
    public bool NeedsRoot { get; init; }

    /// <summary>True for the organisers' own baselines.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>Datasets it says it was trained on, by manifest id; null when it says nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? TrainedOn { get; init; }

    /// <summary>When the entry was accepted, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whether another entry states the same: all of it but what a second submission has of its own, source and time.</summary>
    /// <param name="other">The other.</param>
    public bool StatesTheSameAs(Submission other) =>
        (Team, Name, Challenge, Phase, Image, Layout, NeedsGpu, NeedsRoot, IsBaseline)
            == (other.Team, other.Name, other.Challenge, other.Phase, other.Image, other.Layout, other.NeedsGpu, other.NeedsRoot, other.IsBaseline)
        && Command.SequenceEqual(other.Command)
        && (TrainedOn is null ? other.TrainedOn is null : other.TrainedOn is not null && TrainedOn.SequenceEqual(other.TrainedOn));
}
