namespace Touchstone.Leaderboard.Viewer;

/// <summary>
/// A public case that readers of a site may look into. The volumes themselves are files of the site, named here by
/// their content; where they lie follows from the ids (<see cref="CaseFiles"/>).
/// </summary>
public sealed record ShownCase
{
    /// <summary>Id of its dataset, which must be a public one of the contest.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its id.</summary>
    public required string Case { get; init; }

    /// <summary>Millimetres between the voxels shown, along x, y and z.</summary>
    public required IReadOnlyList<double> StepMm { get; init; }

    /// <summary>SHA-256 of the file with the CT, hexadecimal.</summary>
    public required string Ct { get; init; }

    /// <summary>
    /// SHA-256 of the file with the reference, hexadecimal. Label 1 is the contest's first structure.
    /// </summary>
    public required string Reference { get; init; }

    /// <summary>Where structures are seen best in the reference; those that it does not hold are left out.</summary>
    public required IReadOnlyList<ShownPlace> Places { get; init; }

    /// <summary>The predictions, by id of the entry.</summary>
    public required IReadOnlyList<ShownPrediction> Predictions { get; init; }

    /// <summary>Every file, with the path within the board's folder where it belongs.</summary>
    internal IEnumerable<(string Path, string Sha256)> Files =>
    [
        (CaseFiles.Ct(this), Ct), (CaseFiles.Reference(this), Reference),
        .. Predictions.Select(one => (CaseFiles.Prediction(this, one.Entry), one.Volume)),
    ];
}

/// <summary>What an entry made of a case.</summary>
/// <param name="Entry">Id of the entry.</param>
/// <param name="Volume">SHA-256 of the file with the labels, hexadecimal.</param>
/// <param name="Places">Where structures are seen best in it.</param>
public sealed record ShownPrediction(string Entry, string Volume, IReadOnlyList<ShownPlace> Places);

/// <summary>A point inside a structure, on the slice that shows most of it.</summary>
/// <param name="Structure">Canonical name.</param>
/// <param name="X">World coordinate in millimetres, towards the right.</param>
/// <param name="Y">World coordinate in millimetres, towards the front.</param>
/// <param name="Z">World coordinate in millimetres, upwards.</param>
public sealed record ShownPlace(string Structure, double X, double Y, double Z);
