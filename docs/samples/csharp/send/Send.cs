// Sends an event, signed with the AppSecret (dotnet new console, with ImSignature.cs): APP_SECRET=… dotnet run
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

var baseUrl = Environment.GetEnvironmentVariable("IM_URL") ?? "https://im.example.com";
var appKey = Environment.GetEnvironmentVariable("APP_KEY") ?? "ak_your_app_key";
var secret = Environment.GetEnvironmentVariable("APP_SECRET");
if (string.IsNullOrEmpty(secret)) throw new InvalidOperationException("APP_SECRET is not set");

// The bytes that are signed are the bytes that are sent.
var body = Encoding.UTF8.GetBytes("""
    {"id":"msg-1001","event":"message.sent","data":{"messageId":"1001",
     "conversationId":"single:u1:u2","conversationType":"single","senderId":"u1","receiverId":"u2",
     "contentType":"text","content":{"text":"你好"},"text":"你好","status":"normal",
     "sentAt":"2026-11-21T08:00:00.000Z"}}
    """);
var timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString();
var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();

using var client = new HttpClient();
using var request = new HttpRequestMessage(HttpMethod.Post, $"{baseUrl}/api/v1/apps/{appKey}/events");
request.Content = new ByteArrayContent(body);
request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
request.Headers.Add("X-App-Key", appKey);
request.Headers.Add("X-App-Timestamp", timestamp);
request.Headers.Add("X-App-Nonce", nonce);
request.Headers.Add("X-App-Signature", ImSignature.Sign(secret, appKey, timestamp, nonce, body));

using var response = await client.SendAsync(request);
Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
