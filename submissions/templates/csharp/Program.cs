using Examples;

// The layout is what lies in the inputs: files (flat) or folders with a ct.nii.gz in each.
var inputs = Path.Combine(args.Length > 0 ? args[0] : "/workspace", "inputs");
if (Directory.GetFiles(inputs, "*.nii.gz").Length > 0)
{
    Contract.RunFlat(args, Segmenter.Segment);
}
else
{
    Contract.RunFolders(args, Segmenter.Found, Segmenter.Segment);
}
