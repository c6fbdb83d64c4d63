using Touchstone.Harness.Server.Access;

namespace Touchstone.Harness.Server.Api;

/// <summary>The API's description of itself.</summary>
internal static class OpenApiRoute
{
    /// <summary>Where it is.</summary>
    public const string Path = "/api/v1/openapi.json";

    /// <summary>The route.</summary>
    public static Route Only { get; } = new()
    {
        Method = "GET",
        Path = Path,
        Access = RequiredAccess.Anyone,
        Handler = SendAsync,
        Summary = "Describes this API (OpenAPI 3.1).",
    };

    /// <summary>Made once: it takes milliseconds of a core, and whoever asks may ask while a container is timed.</summary>
    private static readonly Lazy<byte[]> Document = new(() => OpenApiDocument.Write(Routes.All));

    private static async Task SendAsync(Exchange exchange)
    {
        var body = Document.Value;
        exchange.Context.Response.ContentType = "application/json";
        exchange.Context.Response.ContentLength = body.Length;
        await exchange.Context.Response.Body.WriteAsync(body, exchange.Gone);
    }
}
