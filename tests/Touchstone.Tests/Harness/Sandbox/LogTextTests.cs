using System.Text;
using Touchstone.Harness;

namespace Touchstone.Tests.Harness.Sandbox;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("Größe 12 µm ✓ 肝\n", "Größe 12 µm ✓ 肝\n")]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b[?25l\u001b[2J\u001b[1;1Hgone", "gone")]
    [InlineData("\u001b]0;owned\aafter", "after")]
    [InlineData("\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001bPq#0;2;0;0;0\u001b\\sixel", "sixel")]
    [InlineData("\u001b(0lines\u001b#8\u001bcreset", "linesreset")]
    [InlineData("\u009b31mC1\u009d0;title\u009cend", "C1end")]
    [InlineData("\u001b]never ends\nnext line", "\nnext line")]
    [InlineData("\u001b[31", "")]
    [InlineData("\u001b", "")]
    [InlineData("\u001b\u001b[31mtwice", "twice")]
    [InlineData("10 %\r20 %\r\n", "10 %\n20 %\n")]
    [InlineData("a\bb\0c\u007fd\u0007e", "abcde")]
    [InlineData("\u202Egnp.exe\u2066\u200B\uFEFF\u2028", "gnp.exe")]
    [InlineData("\uE000\uDBFF\uDFFE private", " private")]
    public void Clean_WhatAContainerPrinted_IsWhatAPersonWouldRead(string printed, string text) =>
        Assert.Equal(text, LogText.Clean(Encoding.UTF8.GetBytes(printed)));

    [Fact]
    public void Clean_BytesThatAreNoText_BecomeReplacementSigns() =>
        Assert.Equal("a\uFFFD\uFFFDb", LogText.Clean([(byte)'a', 0xff, 0xfe, (byte)'b']));

    [Fact]
    public void Clean_AnyBytes_LeavesNothingThatSteersATerminal()
    {
        var random = new Random(20260101);
        byte[] favourites = [0x1b, (byte)'[', (byte)']', (byte)'\\', 0x07, 0xc2, 0x9b, 0x9d, (byte)'\n', (byte)'P', (byte)'m'];
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(1, 60)];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = random.Next(2) == 0 ? favourites[random.Next(favourites.Length)] : (byte)random.Next(256);
            }

            var text = LogText.Clean(bytes);

            Assert.DoesNotContain(text, sign => char.IsControl(sign) && sign is not ('\n' or '\t'));
        }
    }
}
