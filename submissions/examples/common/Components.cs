namespace Examples;

/// <summary>Connected parts of masks; voxels that share a face are connected.</summary>
internal static class Components
{
    /// <summary>Keeps the largest part of a mask.</summary>
    /// <param name="volume">Gives the shape.</param>
    /// <param name="mask">True inside.</param>
    public static bool[] Largest(Volume volume, bool[] mask)
    {
        var (part, sizes) = Number(volume, mask);
        var largest = Array.IndexOf(sizes, sizes.Max());
        return [.. part.Select(number => number != 0 && number == largest)];
    }

    /// <summary>
    /// Keeps the largest part and those that are not much smaller: an organ cut in two by noise stays whole.
    /// </summary>
    /// <param name="volume">Gives the shape.</param>
    /// <param name="mask">True inside.</param>
    /// <param name="leastShare">Smallest part kept, as a share of the largest.</param>
    public static bool[] MainParts(Volume volume, bool[] mask, double leastShare)
    {
        var (part, sizes) = Number(volume, mask);
        var least = leastShare * sizes.Max();
        return [.. part.Select(number => number != 0 && sizes[number] >= least)];
    }

    /// <summary>Keeps the parts that are large enough.</summary>
    /// <param name="volume">Gives shape and spacing.</param>
    /// <param name="mask">True inside.</param>
    /// <param name="leastMl">Smallest part kept, in millilitres.</param>
    public static bool[] Above(Volume volume, bool[] mask, double leastMl)
    {
        var (part, sizes) = Number(volume, mask);
        var voxelMl = volume.Spacing[0] * volume.Spacing[1] * volume.Spacing[2] / 1000;
        return [.. part.Select(number => number != 0 && sizes[number] * voxelMl >= leastMl)];
    }

    /// <summary>Fills what a mask encloses in each slice.</summary>
    /// <param name="volume">Gives the shape.</param>
    /// <param name="mask">True inside; changed in place.</param>
    public static void FillHoles(Volume volume, bool[] mask)
    {
        var slice = volume.Nx * volume.Ny;
        var outside = new bool[slice];
        var stack = new Stack<int>();
        for (var k = 0; k < volume.Nz; k++)
        {
            Array.Clear(outside);
            for (var n = 0; n < slice; n++)
            {
                var (i, j) = (n % volume.Nx, n / volume.Nx);
                if (i == 0 || j == 0 || i == volume.Nx - 1 || j == volume.Ny - 1)
                {
                    Visit(n, k * slice);
                }
            }

            while (stack.TryPop(out var n))
            {
                var (i, j) = (n % volume.Nx, n / volume.Nx);
                Visit(i > 0 ? n - 1 : n, k * slice);
                Visit(i < volume.Nx - 1 ? n + 1 : n, k * slice);
                Visit(j > 0 ? n - volume.Nx : n, k * slice);
                Visit(j < volume.Ny - 1 ? n + volume.Nx : n, k * slice);
            }

            for (var n = 0; n < slice; n++)
            {
                mask[(k * slice) + n] |= !outside[n];
            }
        }

        void Visit(int n, int start)
        {
            if (!outside[n] && !mask[start + n])
            {
                outside[n] = true;
                stack.Push(n);
            }
        }
    }

    // Part numbers from 1 and sizes by number; size 0 at number 0, which is outside the mask.
    private static (int[] Part, int[] Sizes) Number(Volume volume, bool[] mask)
    {
        var part = new int[mask.Length];
        var sizes = new List<int> { 0 };
        var stack = new Stack<int>();
        for (var seed = 0; seed < mask.Length; seed++)
        {
            if (mask[seed] && part[seed] == 0)
            {
                sizes.Add(0);
                Visit(seed);
                while (stack.TryPop(out var n))
                {
                    sizes[^1]++;
                    VisitNeighbours(n);
                }
            }
        }

        return (part, [.. sizes]);

        void VisitNeighbours(int n)
        {
            var (i, j, k) = (n % volume.Nx, n / volume.Nx % volume.Ny, n / (volume.Nx * volume.Ny));
            Visit(i > 0 ? n - 1 : n);
            Visit(i < volume.Nx - 1 ? n + 1 : n);
            Visit(j > 0 ? n - volume.Nx : n);
            Visit(j < volume.Ny - 1 ? n + volume.Nx : n);
            Visit(k > 0 ? n - (volume.Nx * volume.Ny) : n);
            Visit(k < volume.Nz - 1 ? n + (volume.Nx * volume.Ny) : n);
        }

        void Visit(int n)
        {
            if (mask[n] && part[n] == 0)
            {
                part[n] = sizes.Count - 1;
                stack.Push(n);
            }
        }
    }
}
