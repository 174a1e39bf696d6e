// Receives callbacks with ASP.NET Core (dotnet new web, with ImSignature.cs): APP_SECRET=… dotnet run
using System.Collections.Concurrent;
using System.Text.Json;

var secret = Environment.GetEnvironmentVariable("APP_SECRET");
if (string.IsNullOrEmpty(secret)) throw new InvalidOperationException("APP_SECRET is not set");

var app = WebApplication.CreateBuilder(args).Build();
// Ids of callbacks that were handled; a database in production, kept longer than retries last.
var handled = new ConcurrentDictionary<string, bool>();

app.MapPost("/callback", async (HttpRequest request) =>
{
    // The bytes first: the signature is about them, not about the JSON.
    using var buffer = new MemoryStream();
    await request.Body.CopyToAsync(buffer);
    var rawBody = buffer.ToArray();
    var nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
    if (!ImSignature.IsGenuine(secret, name => request.Headers[name].FirstOrDefault(), rawBody, nowMs))
    {
        return Results.Unauthorized();
    }
    using var envelope = JsonDocument.Parse(rawBody);
    // A webhook with batches gets {"batchId":…,"events":[…]}.
    var entries = envelope.RootElement.TryGetProperty("events", out var events)
        ? events.EnumerateArray().ToList()
        : [envelope.RootElement];
    if (entries.Any(entry => CallbackIdOf(entry) is null)) return Results.BadRequest();
    foreach (var entry in entries)
    {
        if (!handled.TryAdd(CallbackIdOf(entry)!, true)) continue;
        // Only remember it here: what takes long belongs in your own queue.
        app.Logger.LogInformation("{CallbackId} {Event}", CallbackIdOf(entry), entry.GetProperty("event"));
    }
    return Results.NoContent();
});

app.Run();

static string? CallbackIdOf(JsonElement entry) =>
    entry.TryGetProperty("callbackId", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
