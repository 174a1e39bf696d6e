// Receives callbacks with ASP.NET Core: APP_SECRET=… dotnet run
using System.Collections.Concurrent;
using System.Text.Json;

var app = WebApplication.CreateBuilder(args).Build();
var secret = Environment.GetEnvironmentVariable("APP_SECRET")!;
// Of callbacks that were handled; a database in production, kept longer than retries last.
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
    var callbackId = envelope.RootElement.GetProperty("callbackId").GetString()!;
    if (handled.TryAdd(callbackId, true))
    {
        // Only remember it here: what takes long belongs in a queue of yours.
        app.Logger.LogInformation("{Event}", envelope.RootElement.GetProperty("event").GetString());
    }
    return Results.NoContent();
});

app.Run();
