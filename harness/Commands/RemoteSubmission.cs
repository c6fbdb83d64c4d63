using System.Globalization;
using Touchstone.Harness.Images;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Remote;
using Touchstone.Harness.Server.Api;
using Touchstone.Leaderboard;
using Touchstone.Leaderboard.Results;

namespace Touchstone.Harness.Commands;

/// <summary><c>touchstone submit --server</c>: the same submission on a server somewhere else.</summary>
internal static class RemoteSubmission
{
    /// <summary>Variable of the environment that holds the token where no file is named.</summary>
    public const string TokenVariable = "TOUCHSTONE_TOKEN";

    /// <summary>Uploads, submits, and follows the attempt to its end.</summary>
    /// <param name="globals">Where to print.</param>
    /// <param name="address">The server.</param>
    /// <param name="tokenFile">File with the token; null for the variable.</param>
    /// <param name="image">Path of an archive, or a reference.</param>
    /// <param name="body">What is asked for; upload and image are filled in here.</param>
    /// <param name="waits">Whether to follow it.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Exit code: success when the attempt finished, or was made and is not followed.</returns>
    /// <exception cref="WrongUseException">Address, token or file are unusable.</exception>
    /// <exception cref="Touchstone.Submissions.SubmissionException">There is no such archive.</exception>
    public static async Task<int> RunAsync(
        Globals globals, string address, string? tokenFile, string image, AttemptBody body, bool waits, CancellationToken stop)
    {
        void Tell(string line) => globals.Progress.PrintLine(line);
        using var server = new RemoteServer(Address(address, Tell), Token(tokenFile), globals.Clock, Tell);
        ImageName.Check(image);
        ImageName.CheckContent(image); // before an hour of uploading
        await new RemoteRules(server, stop).RequireOpenAsync(
            body.Challenge, body.Phase, File.Exists(image) ? image : null, globals.Clock.GetUtcNow());
        if (File.Exists(image))
        {
            var lastPercent = -1L;
            var upload = new RemoteUpload(server, (done, all) =>
            {
                var percent = 100 * done / all;
                if (percent >= lastPercent + 5 || done == all)
                {
                    Tell($"Uploaded {percent} % of {all / (1 << 20)} MiB.");
                    lastPercent = percent;
                }
            });
            body = body with { Upload = await upload.SendAsync(image, body.Challenge, stop) };
        }
        else
        {
            body = body with { Image = image };
        }

        var remote = new RemoteAttempt(server, globals.Clock, Tell);
        var attempt = await remote.CreateAsync(body, stop);
        globals.Out.PrintLine(attempt.Id);
        if (!waits)
        {
            return Exit.Success;
        }

        attempt = await remote.FollowAsync(attempt, stop);
        if (attempt.State == AttemptState.Finished)
        {
            foreach (var group in (await remote.CasesAsync(attempt.Id, stop)).GroupBy(one => one.Ending).OrderBy(group => group.Key))
            {
                Tell($"{Counted.Of(group.Count(), "case")} {(group.Key == Ending.Completed ? "completed" : $"ended: {group.First().Detail}")}");
            }

            TellScores(await remote.ScoresAsync(attempt.Id, stop), Tell);
        }

        Tell(new Uri(new Uri(address), $"/attempts/{attempt.Id}").ToString());

        return attempt.State == AttemptState.Finished ? Exit.Success : Exit.Failure;
    }

    private static void TellScores(ScoresAnswer? scores, Action<string> tell)
    {
        if (scores is null)
        {
            tell("The scores of this phase are shown later.");
            return;
        }

        foreach (var dataset in scores.Structures.GroupBy(one => one.Dataset))
        {
            tell(string.Create(
                CultureInfo.InvariantCulture,
                $"{dataset.Key}: mean DSC {Percent(dataset.Average(one => one.Dsc))}, NSD {Percent(dataset.Average(one => one.Nsd))} over "
                + $"{Counted.Of(dataset.Count(), "structure")}."));
        }
    }

    private static string Percent(double? fraction) =>
        fraction is { } value ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0} %") : "undefined";

    /// <summary>The address of a server.</summary>
    /// <param name="text">As it was given.</param>
    /// <param name="tell">Told that tokens can be read on the way there.</param>
    /// <exception cref="WrongUseException">It is no address.</exception>
    internal static Uri Address(string text, Action<string> tell)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new WrongUseException($"\"{text}\" is no address of a server, such as https://challenge.example.org.");
        }

        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
        {
            tell("The address begins with http: your token can be read on its way. Ask the organisers for one with https.");
        }

        return address;
    }

    private static string Token(string? file)
    {
        var text = file is null ? Environment.GetEnvironmentVariable(TokenVariable)
            : File.Exists(file) ? File.ReadAllText(file)
            : throw new WrongUseException($"There is no file {file}.");
        return text?.Trim() is { Length: > 0 } token && token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? token
            : throw new WrongUseException($"Give your personal access token in a file (--token-file), or in the variable {TokenVariable}.");
    }
}
