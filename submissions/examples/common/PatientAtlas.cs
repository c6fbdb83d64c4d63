using System.Numerics;

namespace Examples;

/// <summary>The atlas laid over one patient.</summary>
internal sealed class PatientAtlas
{
    private readonly Atlas _atlas;
    private readonly Volume _volume;

    private PatientAtlas(Atlas atlas, Volume volume, Body body, BodyFrame frame)
    {
        (_atlas, _volume, Body, Frame) = (atlas, volume, body, frame);
        Labels = [.. atlas.Structures.Select(Structures.Label)];
        Priors = [.. atlas.Structures.Select(structure => atlas.Prior(volume, frame, structure))];
    }

    /// <summary>What thresholds found in the CT.</summary>
    public Body Body { get; }

    /// <summary>Where the patient lies.</summary>
    public BodyFrame Frame { get; }

    /// <summary>The structures' labels, in the order of <see cref="Priors"/>.</summary>
    public byte[] Labels { get; }

    /// <summary>Per structure and voxel, the share of training patients who had it there, as bytes of 1/255.</summary>
    public byte[][] Priors { get; }

    /// <summary>Finds the patient in a CT and lays the atlas over it.</summary>
    /// <param name="volume">The CT.</param>
    public static PatientAtlas Of(Volume volume)
    {
        var atlas = Atlas.Load();
        var body = Body.Of(volume);
        return new PatientAtlas(atlas, volume, body, BodyFrame.Find(volume, body, atlas.Profile));
    }

    /// <summary>The prior of one structure.</summary>
    /// <param name="label">Its label.</param>
    public byte[] PriorOf(byte label) => Priors[Array.IndexOf(Labels, label)];

    /// <summary>Lays one structure anew, moved.</summary>
    /// <param name="index">Which, in the order of <see cref="Labels"/>.</param>
    /// <param name="shiftMm">From where the atlas has it, in millimetres of the reference.</param>
    public void Move(int index, Vector3 shiftMm) =>
        Priors[index] = _atlas.Prior(_volume, Frame, _atlas.Structures[index], shiftMm);
}
