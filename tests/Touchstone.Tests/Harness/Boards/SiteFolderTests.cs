using Touchstone.Harness.Boards;
using Touchstone.Leaderboard.Site;

namespace Touchstone.Tests.Harness.Boards;

/// <summary>One site takes another's place, whatever was left beside it.</summary>
public sealed class SiteFolderTests : IDisposable
{
    private const string Marker = ".touchstone-site";

    private readonly TemporaryFolder _folder = new();

    private string Site => _folder.File("site");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_OverAnEarlierSite_LeavesReadersNoMomentWithoutOne()
    {
        Publish("0");
        using var stop = new CancellationTokenSource();
        var misses = 0;
        var reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                misses += Directory.Exists(Site) && File.Exists(Path.Combine(Site, "index.html")) ? 0 : 1;
            }
        });

        for (var edition = 1; edition <= 300; edition++)
        {
            Publish($"{edition}");
        }

        await stop.CancelAsync();
        await reader;
        Assert.Equal((0, "300"), (misses, Index));
        Assert.Equal([Site], Directory.GetDirectories(_folder.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_WhereFoldersCannotBeExchanged_ReplacesTheSiteAllTheSame(bool isFirst)
    {
        if (!isFirst)
        {
            Publish("old");
        }

        SiteFolder.Write(Site, Files("new"), (_, _) => false);

        Assert.Equal("new", Index);
        Assert.Equal([Site], Directory.GetDirectories(_folder.Path));
    }

    [Theory]
    [InlineData("new", true)]
    [InlineData("new", false)]
    [InlineData("old", true)]
    [InlineData("old", false)]
    public void Write_AfterAKilledPublication_TakesNothingOfItAndTidiesUp(string kind, bool isOfAnEarlierBuild)
    {
        Publish("old");
        var left = $"site.{kind}-{(isOfAnEarlierBuild ? $"{Environment.ProcessId}" : new string('a', 32))}";
        Put(left, Marker, "");
        Put(left, "secret.html", "of another board");

        Publish("new");

        Assert.Equal(
            [Marker, "index.html"], Directory.GetFiles(Site).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.Equal([Site], Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public void Write_HalfASiteOfAnEarlierBuildWithThisProcessNumber_IsNotReused()
    {
        Put($"site.new-{Environment.ProcessId}", "secret.html", "of another board");

        Publish("new");

        Assert.False(File.Exists(Path.Combine(Site, "secret.html")));
    }

    [Fact]
    public void Write_WhatOthersHaveBesideIt_Stays()
    {
        var busy = $"site.new-{new string('b', 32)}";
        Put(busy, Marker, "");
        Put("site.new-design", Marker, "");
        Put("site.new-2026", "mine.html", "no site of ours");
        using (new FileStream(_folder.File(busy, Marker), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Publish("new");
        }

        Assert.Equal(
            ["site", "site.new-2026", busy, "site.new-design"],
            Directory.GetDirectories(_folder.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_KilledBetweenTheTwoStepsOfASlowDisk_BringsTheOldSiteBack()
    {
        var left = $"site.old-{new string('c', 32)}";
        Put(left, Marker, "");
        Put(left, "index.html", "old");

        Assert.Throws<UnauthorizedAccessException>(() => SiteFolder.Write(Site, [new SiteFile("index.html/x", new byte[1]), .. Files("new")]));

        Assert.Equal("old", Index);
        Assert.Equal([Site], Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public void Write_ThroughALink_ReplacesTheFolderAndKeepsTheLink()
    {
        Directory.CreateDirectory(_folder.File("real"));
        Directory.CreateSymbolicLink(Site, _folder.File("real"));

        Publish("new");
        Publish("newer");

        Assert.NotNull(new DirectoryInfo(Site).LinkTarget);
        Assert.Equal("newer", File.ReadAllText(_folder.File("real", "index.html")));
    }

    [Fact]
    public void Write_FolderWithOtherFiles_IsRefusedAndUntouched()
    {
        Put("site", "thesis.tex", "mine");

        Assert.Throws<IOException>(() => Publish("new"));

        Assert.Equal(["thesis.tex"], Directory.GetFiles(Site).Select(Path.GetFileName));
    }

    private string Index => File.ReadAllText(Path.Combine(Site, "index.html"));

    private void Put(string folder, string name, string text)
    {
        Directory.CreateDirectory(_folder.File(folder));
        File.WriteAllText(_folder.File(folder, name), text);
    }

    private void Publish(string text) => SiteFolder.Write(Site, Files(text));

    private static SiteFile[] Files(string text) => [SiteFile.OfText("index.html", text)];
}
