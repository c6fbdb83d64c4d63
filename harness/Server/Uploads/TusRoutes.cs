using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Touchstone.Harness.Intake;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Api;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server.Uploads;

/// <summary>Resumable uploads as tus 1.0.0 has them: core, creation, checksum, termination, expiration.</summary>
internal static class TusRoutes
{
    private const string Version = "1.0.0";
    private const string Path = "/api/v1/uploads";

    /// <summary>The routes.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        new()
        {
            Method = "OPTIONS", Path = Path, Access = RequiredAccess.Anyone, Status = 204, Handler = TellAsync,
            Summary = "Tells which parts of tus 1.0.0 there are.",
        },
        new()
        {
            Method = "GET", Path = Path, Access = RequiredAccess.TeamRead, Handler = ListAsync,
            Summary = "Lists the team's uploads.", Response = ApiJson.Wire.IReadOnlyListUploadAnswer,
        },
        new()
        {
            Method = "POST", Path = Path, Access = RequiredAccess.TeamSubmit, Status = 201, Handler = CreateAsync,
            Summary = "Begins an upload of an image archive (tus creation; metadata: filename, challenge).",
            Headers = [("Tus-Resumable", true), ("Upload-Length", true), ("Upload-Metadata", true)],
        },
        new()
        {
            Method = "GET", Path = $"{Path}/{{id}}", Access = RequiredAccess.TeamRead, Handler = ShowAsync,
            Summary = "Shows an upload; with HEAD, tus's way to ask for the offset.", Response = ApiJson.Wire.UploadAnswer,
        },
        new()
        {
            Method = "PATCH", Path = $"{Path}/{{id}}", Access = RequiredAccess.TeamSubmit, Status = 204, Handler = AppendAsync,
            Summary = "Sends more of an upload: application/offset+octet-stream.", MostBodyBytes = null,
            Headers = [("Tus-Resumable", true), ("Upload-Offset", true), ("Upload-Checksum", false)],
        },
        new()
        {
            Method = "DELETE", Path = $"{Path}/{{id}}", Access = RequiredAccess.TeamSubmit, Status = 204, Handler = RemoveAsync,
            Summary = "Takes an upload away (tus termination).", Headers = [("Tus-Resumable", true)],
        },
    ];

    private static Task TellAsync(Exchange exchange)
    {
        var headers = exchange.Context.Response.Headers;
        headers["Tus-Resumable"] = Version;
        headers["Tus-Version"] = Version;
        headers["Tus-Extension"] = "creation,checksum,termination,expiration";
        headers["Tus-Checksum-Algorithm"] = UploadChecksum.Algorithms;
        headers["Tus-Max-Size"] = Text(exchange.Desk.Challenges.MostArchiveBytes);
        return exchange.DoneAsync();
    }

    private static Task ListAsync(Exchange exchange) => exchange.WriteAsync(
        [.. exchange.Desk.Store.Uploads(exchange.TeamId).Select(UploadAnswer.Of)], ApiJson.Wire.IReadOnlyListUploadAnswer);

    private static Task CreateAsync(Exchange exchange)
    {
        DemandTus(exchange);
        var length = Number(exchange, "Upload-Length");
        var metadata = Metadata(exchange.Context.Request.Headers["Upload-Metadata"].ToString());
        var challenge = exchange.Desk.Challenges.Get(metadata.GetValueOrDefault("challenge") ?? "");
        var most = OpenChallenges.ArchiveBytes(challenge);
        if (length > most)
        {
            throw new ProblemException(413, "upload-too-large", string.Create(
                CultureInfo.InvariantCulture,
                $"{challenge.Title} takes archives of up to {most >> 20} MiB; this one has {((length - 1) >> 20) + 1} MiB."));
        }

        if (length <= 0)
        {
            throw new ProblemException(422, "malformed", "An archive has at least one byte.");
        }

        var name = metadata.GetValueOrDefault("filename") ?? "image.tar";
        var upload = exchange.Desk.Uploads.Begin(exchange.Identity, challenge.Id, name, length);
        var response = exchange.Context.Response;
        response.StatusCode = 201;
        response.Headers.Location = $"{Path}/{upload.Id}";
        Describe(response, upload);
        return Task.CompletedTask;
    }

    private static Task ShowAsync(Exchange exchange)
    {
        var upload = exchange.Desk.Store.GetUpload(exchange.TeamId, exchange.Parameter("id"));
        Describe(exchange.Context.Response, upload);
        exchange.Context.Response.Headers["Upload-Length"] = Text(upload.Length);
        return exchange.WriteAsync(UploadAnswer.Of(upload), ApiJson.Wire.UploadAnswer);
    }

    private static async Task AppendAsync(Exchange exchange)
    {
        DemandTus(exchange);
        var request = exchange.Context.Request;
        if (request.ContentType != "application/offset+octet-stream")
        {
            throw new ProblemException(415, "wrong-content-type", "Send application/offset+octet-stream.");
        }

        var checksum = UploadChecksum.Parse(request.Headers["Upload-Checksum"].ToString());
        var upload = await exchange.Desk.Uploads.AppendAsync(
            exchange.TeamId, exchange.Parameter("id"), Number(exchange, "Upload-Offset"), request.Body, request.ContentLength, checksum,
            exchange.Gone);
        Describe(exchange.Context.Response, upload);
        await exchange.DoneAsync();
    }

    private static Task RemoveAsync(Exchange exchange)
    {
        DemandTus(exchange);
        exchange.Desk.Uploads.Remove(exchange.TeamId, exchange.Parameter("id"));
        exchange.Context.Response.Headers["Tus-Resumable"] = Version;
        return exchange.DoneAsync();
    }

    private static void Describe(HttpResponse response, Upload upload)
    {
        response.Headers["Tus-Resumable"] = Version;
        response.Headers["Upload-Offset"] = Text(upload.Offset);
        response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
    }

    private static void DemandTus(Exchange exchange)
    {
        if (exchange.Context.Request.Headers["Tus-Resumable"] != Version)
        {
            exchange.Context.Response.Headers["Tus-Version"] = Version;
            throw new ProblemException(412, "tus-version", $"Send the header \"Tus-Resumable: {Version}\".");
        }
    }

    private static long Number(Exchange exchange, string header) =>
        long.TryParse(exchange.Context.Request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ProblemException(400, "malformed-request", $"The header {header} must be a whole number.");

    /// <summary>Pairs of a key and its value in Base64, parted by commas.</summary>
    private static Dictionary<string, string> Metadata(string header)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, coded) = pair.Split(' ') is [var name, var value] ? (name, value) : (pair, "");
            var bytes = new byte[coded.Length];
            if (!Convert.TryFromBase64String(coded, bytes, out var written) || !pairs.TryAdd(key, Encoding.UTF8.GetString(bytes, 0, written)))
            {
                throw new ProblemException(400, "malformed-request", "The header Upload-Metadata is not as tus has it.");
            }
        }

        return pairs;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
