namespace Touchstone.Submissions;

/// <summary>What participants may learn of a case that failed.</summary>
public enum LogPolicy
{
    /// <summary>
    /// The cases are patients' data that must not leave: fixed texts with limits and the exit code, and nothing that the
    /// container wrote or chose.
    /// </summary>
    Private,

    /// <summary>The cases are public: also what exactly was wrong, and the cleaned end of the container's log.</summary>
    Open,
}
