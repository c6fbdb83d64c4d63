using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Touchstone.Evaluators;

namespace Touchstone.Benchmarks;

/// <summary>Rewrites a label map with a float32 a voxel, as many networks save them.</summary>
internal static class FloatNifti
{
    /// <summary>Writes labels as float32.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="geometry">Shape and place of the voxels.</param>
    /// <param name="labels">One label per voxel.</param>
    public static void Write(string path, Geometry geometry, byte[] labels)
    {
        var small = new Geometry(geometry.Grid, geometry.Affine);
        NiftiWriter.Write(path, small, labels);
        var header = new byte[352];
        using (var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
        {
            gzip.ReadExactly(header);
        }

        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(70), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(72), 32);
        using var output = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        output.Write(header);
        foreach (var slice in labels.Chunk(geometry.Grid.Nx * geometry.Grid.Ny))
        {
            output.Write(MemoryMarshal.AsBytes<float>(Array.ConvertAll(slice, label => (float)label)));
        }
    }
}
