using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Touchstone.Harness.Server.Access;
using Touchstone.Harness.Server.Problems;

namespace Touchstone.Harness.Server.Api;

/// <summary>
/// Makes the OpenAPI description out of the table of routes and the types that its serialisers know. What the server does
/// and what it says of itself thus cannot differ. Pure.
/// </summary>
internal static partial class OpenApiDocument
{
    private const string Prefix = "/api/";

    /// <summary>Writes the description.</summary>
    /// <param name="routes">All routes; those outside the API are left out.</param>
    /// <returns>Indented JSON in UTF-8.</returns>
    public static byte[] Write(IReadOnlyList<Route> routes)
    {
        var api = routes.Where(route => route.Path.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        var schemas = new JsonObject { [Name(ApiJson.Wire.Problem)] = Schema(ApiJson.Wire.Problem) };
        foreach (var type in api.SelectMany(route => new[] { route.Request, route.Response }).OfType<JsonTypeInfo>()
            .DistinctBy(Name).OrderBy(Name, StringComparer.Ordinal))
        {
            schemas[Name(type)] = Schema(type);
        }

        var paths = new JsonObject();
        foreach (var path in api.GroupBy(route => route.Path).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            paths[path.Key] = PathItem(path);
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Touchstone",
                ["version"] = "1",
                ["description"] = "Challenges in medical CT segmentation: register, upload, submit, watch. Refusals are problems of "
                    + "RFC 9457 with a stable code.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                },
            },
        };
        return Write(document);
    }

    private static byte[] Write(JsonObject document)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory, new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            document.WriteTo(writer);
        }

        memory.WriteByte((byte)'\n');
        return memory.ToArray();
    }

    private static JsonObject PathItem(IEnumerable<Route> routes)
    {
        var item = new JsonObject();
        foreach (var route in routes)
        {
            item[route.Method.ToLowerInvariant()] = Operation(route);
        }

        return item;
    }

    private static JsonObject Operation(Route route)
    {
        var success = new JsonObject { ["description"] = "Done." };
        if (route.Response is not null)
        {
            success["content"] = Content("application/json", route.Response);
        }

        var operation = new JsonObject
        {
            ["operationId"] = OperationId(route),
            ["summary"] = route.Summary,
            ["security"] = route.Access == RequiredAccess.Anyone ? new JsonArray() : new JsonArray(new JsonObject
            {
                ["token"] = new JsonArray(),
            }),
            ["x-access"] = route.Access.ToString().ToLowerInvariant(),
            ["responses"] = new JsonObject
            {
                [route.Status.ToString(CultureInfo.InvariantCulture)] = success,
                ["default"] = new JsonObject
                {
                    ["description"] = "A problem.",
                    ["content"] = Content(ProblemAnswers.MediaType, ApiJson.Wire.Problem),
                },
            },
        };
        if (Parameters(route) is { Count: > 0 } parameters)
        {
            operation["parameters"] = parameters;
        }

        if (route.Request is not null || route.MostBodyBytes is null)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = route.Request is null
                    ? new JsonObject { ["application/offset+octet-stream"] = new JsonObject() }
                    : Content("application/json", route.Request),
            };
        }

        return operation;
    }

    private static JsonArray Parameters(Route route) =>
    [
        .. ParameterPattern.Matches(route.Path).Select(match => Parameter(match.Groups[1].Value, "path", isRequired: true)),
        .. route.Headers.Select(header => Parameter(header.Name, "header", header.IsRequired)),
        .. route.Queries.Select(name => Parameter(name, "query", isRequired: false)),
    ];

    private static JsonObject Parameter(string name, string place, bool isRequired) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = isRequired,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Content(string media, JsonTypeInfo type) => new()
    {
        [media] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{Name(type)}" } },
    };

    private static JsonNode Schema(JsonTypeInfo type) => type.GetJsonSchemaAsNode(
        new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });

    private static string Name(JsonTypeInfo type) => type.Type.IsGenericType
        ? $"{type.Type.GetGenericArguments()[0].Name}List"
        : type.Type.Name;

    /// <summary>Such as <c>postAttemptsCancel</c>.</summary>
    private static string OperationId(Route route) => route.Method.ToLowerInvariant() + string.Concat(
        route.Path["/api/v1/".Length..].Split('/', '-', '.').Where(part => !part.StartsWith('{'))
            .Select(part => string.Concat(part[..1].ToUpperInvariant(), part.AsSpan(1))))
        + (route.Path.EndsWith('}') ? "One" : "");

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex ParameterPattern { get; }
}
