using Microsoft.Data.Sqlite;
using Touchstone.Harness.Engine;

namespace Touchstone.Harness.Runs;

/// <summary>Which failures are this machine's: they are tried again and never become a score.</summary>
internal static class Infrastructure
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT
    private const int SqliteFull = 13; // SQLITE_FULL

    /// <summary>Whether waiting may mend a failure.</summary>
    /// <param name="fault">The failure.</param>
    public static bool MayPass(Exception fault) => fault is EngineException { IsTransient: true } || IsDiskFull(fault);

    /// <summary>Whether there was no room for a file or a row of ours.</summary>
    /// <param name="fault">The failure.</param>
    public static bool IsDiskFull(Exception fault) => fault is
        IOException { HResult: NoSpace or QuotaExceeded } or SqliteException { SqliteErrorCode: SqliteFull };

    /// <summary>A failure in words for operators.</summary>
    /// <param name="fault">The failure.</param>
    public static string Describe(Exception fault) => IsDiskFull(fault)
        ? $"The disk is full: {fault.Message}. Make room; nothing of this case is kept or scored."
        : fault.Message;
}
