using System.Text;
using Touchstone.Harness.Sandbox;

namespace Touchstone.Tests.Harness.Sandbox;

public sealed class ScriptTextTests
{
    [Theory]
    [InlineData("#!/bin/sh\r\nset -e\r\n", "Windows line ends (CRLF)")]
    [InlineData("#!/bin/sh\nset -e\r\npython3 x.py\n", "Windows line ends (CRLF)")]
    [InlineData("#!/bin/sh\nset -e\r\n", "sed -i 's/\\r$//' predict.sh")]
    [InlineData("#!/bin/sh\r\n", "core.autocrlf")]
    [InlineData("exit 0\r", "Windows line ends (CRLF)")]
    [InlineData("\ufeff#!/bin/sh\nexit 0\n", "byte-order mark")]
    [InlineData("\ufeff#!/bin/sh\r\nexit 0\r\n", "byte-order mark and has Windows line ends")]
    public void FaultOf_ScriptThatNoShellReadsAsMeant_SaysWhatHelps(string text, string words)
    {
        var fault = ScriptText.FaultOf("/workspace/predict.sh", Encoding.UTF8.GetBytes(text));

        Assert.StartsWith("/workspace/predict.sh ", fault, StringComparison.Ordinal);
        Assert.Contains(words, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!/bin/sh\nexit 0\n")]
    [InlineData("#!/bin/sh\nprintf 'half done\rdone'\n")]
    [InlineData("#!/bin/sh\necho \"a\r\"\n")]
    [InlineData("")]
    [InlineData("\0\r\n")]
    public void FaultOf_GoodScriptOrNone_IsNothing(string text) =>
        Assert.Null(ScriptText.FaultOf("/workspace/predict.sh", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void FaultOf_Utf16_IsTold()
    {
        byte[] text = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("#!/bin/sh\r\nexit 0\r\n")];

        Assert.Contains("UTF-16", ScriptText.FaultOf("/workspace/predict.sh", text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sh predict.sh", "predict.sh")]
    [InlineData("cd app && bash -e ./run --fast", "./run")]
    [InlineData("exec python3 predict.py", "python3")]
    [InlineData("  ./tools/prepare; . settings", "./tools/prepare,settings")]
    [InlineData("bash \"$(dirname \"$0\")/infer.sh\"", "/infer.sh")]
    [InlineData("# sh old.sh", "")]
    [InlineData("python3 predict.py --shell sh", "")]
    [InlineData("sh $SCRIPT", "")]
    public void Started_FindsWhatAShellIsToldToRead(string text, string paths) =>
        Assert.Equal(paths, string.Join(',', ScriptText.Started(text)));
}
