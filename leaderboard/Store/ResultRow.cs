using System.Text.Json;
using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Leaderboard.Store;

/// <summary>A row of the table <c>result</c>.</summary>
internal sealed record ResultRow
{
    public required string EntryId { get; init; }

    public required string Dataset { get; init; }

    public required string CaseId { get; init; }

    public required string Sha256 { get; init; }

    public required int Schema { get; init; }

    public required string Pseudonym { get; init; }

    public required string CtSha256 { get; init; }

    public required string Ending { get; init; }

    public required string EndingDetail { get; init; }

    public required int? ExitCode { get; init; }

    public required double LimitWallSeconds { get; init; }

    public required long LimitMemoryBytes { get; init; }

    public required double LimitCpus { get; init; }

    public required int LimitProcessCount { get; init; }

    public required long LimitOutputBytes { get; init; }

    public required bool LimitGpu { get; init; }

    public required bool LimitAsRoot { get; init; }

    public required string StartedAt { get; init; }

    public required double RunSeconds { get; init; }

    public required double SetUpSeconds { get; init; }

    public required double CollectSeconds { get; init; }

    public required double ScoreSeconds { get; init; }

    public required double? CpuSeconds { get; init; }

    public required long? PeakMemoryBytes { get; init; }

    public required long? PeakAnonymousBytes { get; init; }

    public required long? DiskReadBytes { get; init; }

    public required double? CreateSeconds { get; init; }

    public required double? StartSeconds { get; init; }

    public required string? TimingProtocol { get; init; }

    public required int? BatchCases { get; init; }

    public required double? WarmUpSeconds { get; init; }

    public required string? MachineGpuDriver { get; init; }

    public required string? MachineCuda { get; init; }

    public required string? MachineCpuSet { get; init; }

    public required string? GpuUse { get; init; }

    public required string MachineEngine { get; init; }

    public required string MachineCpu { get; init; }

    public required int MachineCores { get; init; }

    public required long MachineMemoryBytes { get; init; }

    public required string? MachineGpu { get; init; }

    public required string MachineOs { get; init; }

    public required string Protocol { get; init; }

    public required double ToleranceMm { get; init; }

    public required int? ReferenceVersion { get; init; }

    public required string? ReferenceSha256 { get; init; }

    public required string? RescoredAt { get; init; }

    public required long UnknownLabelVoxels { get; init; }

    /// <summary>Tells which structures have scores, to be compared by.</summary>
    public required string StructureSet { get; init; }

    public required string Touchstone { get; init; }

    public required string ManifestSha256 { get; init; }

    public required string ChallengeSha256 { get; init; }

    public ResultKey Key => new(EntryId, Dataset, CaseId);

    public static ResultRow Of(CaseResult result) => new()
    {
        EntryId = result.Entry.Id,
        Dataset = result.Case.Dataset,
        CaseId = result.Case.Case,
        Sha256 = RowText.Digest(result),
        Schema = result.Schema,
        Pseudonym = result.Case.Pseudonym,
        CtSha256 = result.Case.CtSha256,
        Ending = result.Ending.ToString(),
        EndingDetail = result.EndingDetail,
        ExitCode = result.ExitCode,
        LimitWallSeconds = result.Limits.WallSeconds,
        LimitMemoryBytes = result.Limits.MemoryBytes,
        LimitCpus = result.Limits.Cpus,
        LimitProcessCount = result.Limits.ProcessCount,
        LimitOutputBytes = result.Limits.OutputBytes,
        LimitGpu = result.Limits.Gpu,
        LimitAsRoot = result.Limits.AsRoot,
        StartedAt = RowText.Of(result.Timing.StartedAt),
        RunSeconds = result.Timing.RunSeconds,
        SetUpSeconds = result.Timing.SetUpSeconds,
        CollectSeconds = result.Timing.CollectSeconds,
        ScoreSeconds = result.Timing.ScoreSeconds,
        CpuSeconds = result.Timing.CpuSeconds,
        PeakMemoryBytes = result.Timing.PeakMemoryBytes,
        PeakAnonymousBytes = result.Timing.PeakAnonymousBytes,
        DiskReadBytes = result.Timing.DiskReadBytes,
        CreateSeconds = result.Timing.CreateSeconds,
        StartSeconds = result.Timing.StartSeconds,
        TimingProtocol = result.Timing.Protocol,
        BatchCases = result.Timing.BatchCases,
        WarmUpSeconds = result.Timing.WarmUpSeconds,
        MachineGpuDriver = result.Machine.GpuDriver,
        MachineCuda = result.Machine.Cuda,
        MachineCpuSet = result.Machine.CpuSet,
        GpuUse = result.Gpu is null ? null : JsonSerializer.Serialize(result.Gpu, RowJsonContext.Default.GpuUse),
        MachineEngine = result.Machine.Engine,
        MachineCpu = result.Machine.Cpu,
        MachineCores = result.Machine.Cores,
        MachineMemoryBytes = result.Machine.MemoryBytes,
        MachineGpu = result.Machine.Gpu,
        MachineOs = result.Machine.OperatingSystem,
        Protocol = result.Protocol,
        ToleranceMm = result.ToleranceMm,
        ReferenceVersion = result.Reference?.Version,
        ReferenceSha256 = result.Reference?.Sha256,
        RescoredAt = result.RescoredAt is { } time ? RowText.Of(time) : null,
        UnknownLabelVoxels = result.UnknownLabelVoxels,
        StructureSet = RowText.StructureSet(result.Scores.Select(score => score.Structure)),
        Touchstone = result.Provenance.Touchstone,
        ManifestSha256 = result.Provenance.ManifestSha256,
        ChallengeSha256 = result.Provenance.ChallengeSha256,
    };

    public CaseResult ToResult(Entry entry, IReadOnlyList<StructureScore> scores, IEnumerable<OutputRow> outputs) => new()
    {
        Schema = Schema,
        Entry = entry,
        Case = new CaseKey { Dataset = Dataset, Case = CaseId, Pseudonym = Pseudonym, CtSha256 = CtSha256 },
        Ending = Enum.Parse<Ending>(Ending),
        EndingDetail = EndingDetail,
        ExitCode = ExitCode,
        Limits = new Limits(
            LimitWallSeconds, LimitMemoryBytes, LimitCpus, LimitProcessCount, LimitOutputBytes, LimitGpu)
        {
            AsRoot = LimitAsRoot,
        },
        Timing = ToTiming(),
        Machine = new Machine(MachineEngine, MachineCpu, MachineCores, MachineMemoryBytes, MachineGpu, MachineOs)
        {
            GpuDriver = MachineGpuDriver,
            Cuda = MachineCuda,
            CpuSet = MachineCpuSet,
        },
        Gpu = GpuUse is null ? null : JsonSerializer.Deserialize(GpuUse, RowJsonContext.Default.GpuUse),
        Outputs = [.. outputs.Select(output => new OutputFile(output.Path, output.Bytes, output.Sha256))],
        Protocol = Protocol,
        ToleranceMm = ToleranceMm,
        Scores = scores,
        Reference = ReferenceVersion is { } version ? new ReferenceUse(version, ReferenceSha256 ?? "") : null,
        RescoredAt = RescoredAt is null ? null : RowText.Time(RescoredAt),
        UnknownLabelVoxels = UnknownLabelVoxels,
        Provenance = new Provenance(Touchstone, ManifestSha256, ChallengeSha256),
    };

    private Timing ToTiming() => new()
    {
        StartedAt = RowText.Time(StartedAt),
        RunSeconds = RunSeconds,
        SetUpSeconds = SetUpSeconds,
        CollectSeconds = CollectSeconds,
        ScoreSeconds = ScoreSeconds,
        CpuSeconds = CpuSeconds,
        PeakMemoryBytes = PeakMemoryBytes,
        PeakAnonymousBytes = PeakAnonymousBytes,
        DiskReadBytes = DiskReadBytes,
        CreateSeconds = CreateSeconds,
        StartSeconds = StartSeconds,
        Protocol = TimingProtocol,
        BatchCases = BatchCases,
        WarmUpSeconds = WarmUpSeconds,
    };
}
