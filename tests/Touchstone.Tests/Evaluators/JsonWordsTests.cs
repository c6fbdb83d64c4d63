using System.Text.Json;
using Touchstone.Evaluators;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Tests.Evaluators;

public sealed class JsonWordsTests
{
    [Theory]
    [InlineData("\"dataset\"", "\"data\"", "'data' could not be mapped to anything known.")]
    [InlineData("\"toleranceMm\": ", "\"toleranceMm\": x", "'x' is an invalid start of a value")]
    [InlineData("\"toleranceMm\": ", "\"toleranceMm\": 1e999, \"x\": ", "A number is too large.")]
    [InlineData("\"ending\": ", "\"other\": 1, \"ending\": ", "'other' could not be mapped to anything known.")]
    [InlineData("\"ending\": \"completed\"", "\"ending\": 7", "could not be converted.")]
    public void Of_ResultThatWasDamaged_NamesTheLineAsAnEditorDoes(string was, string isNow, string said)
    {
        var text = System.Text.Encoding.UTF8.GetString(ResultJson.Write(Leaderboard.Some.Results(Leaderboard.Some.Contest())[0] with { Schema = 1 }));
        var at = text.IndexOf(was, StringComparison.Ordinal);
        var line = text[..at].Count(c => c == '\n') + 1;

        var words = JsonWords.Of(Assert.Throws<JsonException>(
            () => ResultJson.Read(System.Text.Encoding.UTF8.GetBytes(text[..at] + isNow + text[(at + was.Length)..]))));

        Assert.True(words.StartsWith($"Line {line} ", StringComparison.Ordinal) || words.StartsWith($"Line {line}:", StringComparison.Ordinal), words);
        Assert.Contains(said, words, StringComparison.Ordinal);
        Assert.DoesNotContain("Touchstone.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", words, StringComparison.Ordinal);
    }
}
