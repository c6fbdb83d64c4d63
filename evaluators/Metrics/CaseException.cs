namespace Touchstone.Evaluators;

/// <summary>The two sides of a comparison.</summary>
public enum CaseSide
{
    /// <summary>The truth: a fault of it is the organiser's.</summary>
    Reference,

    /// <summary>What is judged: a fault of it is the participant's.</summary>
    Prediction,
}

/// <summary>A case that cannot be scored, and whose fault that is.</summary>
/// <param name="side">Whose volume it is.</param>
/// <param name="fault">What is wrong with it.</param>
public sealed class CaseException(CaseSide side, VolumeException fault) : VolumeException(fault.Fault, fault.Message, fault)
{
    /// <summary>Whose fault it is.</summary>
    public CaseSide Side { get; } = side;
}
