using Examples;

var workspace = args.Length > 0 ? args[0] : "/workspace";
foreach (var path in Directory.GetFiles(Path.Combine(workspace, "inputs"), "*.nii.gz"))
{
    var ct = Nifti.Read(path);
    var resampled = Resampling.ToTrainingGrid(ct);
    var volume = new Volume(resampled);
    var labels = volume.ToFile(AtlasIntensity.Segment(volume));
    var (grid, restored) = Resampling.Back(ct, resampled, labels);
    Nifti.WriteLabels(Path.Combine(workspace, "outputs", Path.GetFileName(path)), grid, restored);
}
