using System.IO.Compression;
using System.Text;
using Touchstone.Evaluators;
using Touchstone.Harness.Datasets;

namespace Touchstone.Tests.Harness.Datasets;

/// <summary>The same two cases, spleen and liver on the grid of the participants, as each layout has them.</summary>
internal sealed class LayoutSet : IDisposable
{
    /// <summary>Every layout by the data set that has it, and the kinds of files.</summary>
    public static readonly string[] Kinds =
        ["atlas", "atlas-nii", "atlas-mha", "combined", "totalsegmentator-ml", "nnunet", "nnunet-training", "decathlon", "flare", "flare-mha"];

    private readonly TemporaryFolder _folder = new();
    private readonly string _kind;

    public LayoutSet(string kind)
    {
        _kind = kind;
        Root = Directory.CreateDirectory(_folder.File("data", "St Elsewhere")).FullName;
        foreach (var id in Ids)
        {
            Write(id);
        }

        if (_kind is "nnunet" or "nnunet-training" or "decathlon")
        {
            File.WriteAllText(Path.Combine(Root, "dataset.json"), _kind == "decathlon"
                ? """{"name": "Two", "labels": {"0": "background", "1": "spleen", "5": "liver"}}"""
                : """{"labels": {"background": 0, "spleen": 1, "liver": 5}, "channel_names": {"0": "CT"}, "file_ending": ".nii.gz"}""");
        }
    }

    public static string[] Ids { get; } = ["case_0001", "case_0002"];

    public string Root { get; }

    public string ManifestPath => _folder.File("datasets.manifest");

    public string InFolder(params string[] parts) => _folder.File(parts);

    /// <summary>What a person does after <c>datasets init</c>: says what numbers mean, where nothing does.</summary>
    public void Complete()
    {
        if (File.Exists(_folder.File("st-elsewhere.labels.txt")))
        {
            File.WriteAllText(_folder.File("st-elsewhere.labels.txt"), "1 spleen\n5 liver\n");
        }
    }

    public Dataset Dataset() => Manifest.Read(ManifestPath).Find("st-elsewhere")!;

    public IReadOnlyList<DatasetCase> Cases() => CaseList.Read(Dataset());

    public void Dispose() => _folder.Dispose();

    /// <summary>Liver of the second case, one voxel shorter than the participants draw it.</summary>
    public static byte[] Liver(string id) => EngineFixture.Box(1, id == Ids[0] ? 2 : 3, 6);

    private void Write(string id)
    {
        var geometry = EngineFixture.Geometry;
        var ct = new short[geometry.Grid.VoxelCount];
        ct.AsSpan().Fill(40);
        byte[] both = [.. EngineFixture.Box(1, 7, 10).Zip(Liver(id), (spleen, liver) => liver > 0 ? (byte)5 : spleen)];
        switch (_kind)
        {
            case "atlas" or "atlas-nii" or "atlas-mha":
                var end = _kind == "atlas" ? ".nii.gz" : _kind == "atlas-nii" ? ".nii" : ".mha";
                Save(ct, id, $"ct{end}");
                Save(Liver(id), id, "segmentations", $"liver{end}");
                Save(EngineFixture.Box(1, 7, 10), id, "segmentations", $"spleen{end}");
                break;
            case "combined" or "totalsegmentator-ml":
                Save(ct, id, "ct.nii.gz");
                Save(both, id, _kind == "combined" ? "combined_labels.nii.gz" : "total.nii");
                break;
            case "nnunet" or "nnunet-training":
                Save(ct, _kind == "nnunet" ? "imagesTs" : "imagesTr", $"{id}_0000.nii.gz");
                Save(both, _kind == "nnunet" ? "labelsTs" : "labelsTr", $"{id}.nii.gz");
                break;
            case "decathlon":
                Save(ct, "imagesTr", $"{id}.nii.gz");
                Save(both, "labelsTr", $"{id}.nii.gz");
                break;
            case "flare" or "flare-mha":
                Save(ct, "images", $"{id}_0000{(_kind == "flare" ? ".nii.gz" : ".mha")}");
                Save(both, "labels", $"{id}{(_kind == "flare" ? ".nii.gz" : ".mha")}");
                break;
            default:
                throw new InvalidOperationException(_kind);
        }
    }

    private void Save<T>(T[] voxels, params string[] parts)
        where T : unmanaged
    {
        var path = Path.Combine([Root, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var geometry = EngineFixture.Geometry;
        if (path.EndsWith(".mha", StringComparison.Ordinal))
        {
            var type = voxels is short[]? "MET_SHORT" : "MET_UCHAR";
            File.WriteAllBytes(path,
            [
                .. Encoding.ASCII.GetBytes(
                    $"ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\nTransformMatrix = -1 0 0 0 -1 0 0 0 1\n"
                    + $"Offset = 0 0 0\nElementSpacing = 1 1 2\nDimSize = 12 10 8\nElementType = {type}\nElementDataFile = LOCAL\n"),
                .. System.Runtime.InteropServices.MemoryMarshal.AsBytes(voxels.AsSpan()),
            ]);
            return;
        }

        var compressed = path.EndsWith(".gz", StringComparison.Ordinal) ? path : $"{path}.gz";
        if (voxels is short[] shorts)
        {
            NiftiWriter.Write(compressed, geometry, shorts);
        }
        else
        {
            NiftiWriter.Write(compressed, geometry, (byte[])(object)voxels);
        }

        if (compressed != path)
        {
            using (var gzip = new GZipStream(File.OpenRead(compressed), CompressionMode.Decompress))
            using (var plain = File.Create(path))
            {
                gzip.CopyTo(plain);
            }

            File.Delete(compressed);
        }
    }
}
