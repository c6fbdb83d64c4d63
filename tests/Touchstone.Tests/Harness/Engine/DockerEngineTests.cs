using System.Buffers.Binary;
using Touchstone.Harness.Engine;

namespace Touchstone.Tests.Harness.Engine;

public sealed class DockerEngineTests
{
    [Fact]
    public async Task Connect_NothingAnswers_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();

        var fault = await Assert.ThrowsAsync<EngineException>(() => DockerEngine.ConnectAsync($"unix://{folder.File("none.sock")}"));

        Assert.Contains("harness/install-engine.sh", fault.Message, StringComparison.Ordinal);
        Assert.Contains("none.sock", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_EndpointOfAnotherKind_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(() => DockerEngine.ConnectAsync("tcp://localhost:2375"));

    [Theory]
    [InlineData("1.41", "1.12", "1.41")]
    [InlineData("1.51", "1.24", "1.44")]
    [InlineData("1.60", "1.50", "1.50")]
    [InlineData("1.43", null, "1.43")]
    public void Negotiate_ServerAndOurs_AgreeOnTheNewestOfBoth(string newest, string? oldest, string expected) =>
        Assert.Equal(Version.Parse(expected), DockerEngine.Negotiate(Server(newest, oldest)));

    [Fact]
    public void Negotiate_EngineTooOld_SaysSo() =>
        Assert.Contains("20.10", Assert.Throws<EngineException>(() => DockerEngine.Negotiate(Server("1.40", "1.12"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(100, "abcdef")]
    [InlineData(6, "abcdef")]
    [InlineData(4, "cdef")]
    [InlineData(1, "f")]
    public async Task ReadTail_FramesOfBothOutputs_KeepsTheLastBytes(int cap, string expected)
    {
        byte[] frames = [.. Frame(1, "ab"u8), .. Frame(2, "cde"u8), .. Frame(1, "f"u8)];

        var tail = await LogFrames.ReadTailAsync(new MemoryStream(frames), cap, default);

        Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(tail));
    }

    [Theory]
    [InlineData("exec: \"\u001b[2J\u001b]0;owned\u0007x\": not found", "exec: \"x\": not found")]
    [InlineData("one\r\ntwo\nthree", "one two three")]
    [InlineData("right\u202eleft\u200b\u2028end", "rightleftend")]
    [InlineData("plain words, ü and 肝", "plain words, ü and 肝")]
    public void Message_TextOfAnEngineOrAnImage_SteersNoTerminal(string told, string expected) =>
        Assert.Equal($"The engine refused: {expected}", new EngineException($"The engine refused: {told}").Message);

    private static EngineVersion Server(string newest, string? oldest) =>
        new() { Version = "1", ApiVersion = newest, MinAPIVersion = oldest, Os = "linux", Arch = "amd64" };

    private static byte[] Frame(byte stream, ReadOnlySpan<byte> text)
    {
        var frame = new byte[8 + text.Length];
        frame[0] = stream;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), text.Length);
        text.CopyTo(frame.AsSpan(8));
        return frame;
    }
}
