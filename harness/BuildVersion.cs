using System.Reflection;

namespace Touchstone.Harness;

/// <summary>What this build is.</summary>
public static class BuildVersion
{
    /// <summary>Version and commit, such as <c>0.1.0+1a2b3c…</c>.</summary>
    public static string Text { get; } =
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
