// Signs a request and verifies a callback. .NET 8 or newer, no packages.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

public static class ImSignature
{
    /// <summary>A callback whose timestamp is further from our clock is refused: it may be an old one.</summary>
    private const long WindowMs = 5 * 60 * 1000;

    /// <summary>While a secret is rotated there is one for each of the two; that of our secret has to fit.</summary>
    private static readonly string[] Signatures =
        ["X-App-Signature", "X-App-Signature-Next", "X-App-Signature-Previous"];

    /// <param name="body">the bytes as sent</param>
    public static string Sign(string secret, string appKey, string timestamp, string nonce, byte[] body)
    {
        // With an empty key anyone could sign.
        ArgumentException.ThrowIfNullOrEmpty(secret);
        var bodyHash = Convert.ToHexString(SHA256.HashData(body)).ToLowerInvariant();
        var text = string.Join('\n', appKey, timestamp, nonce, bodyHash);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text));
        return Convert.ToHexString(mac).ToLowerInvariant();
    }

    /// <param name="header">the value of a header, null when it is absent</param>
    /// <param name="rawBody">the bytes as received, before anything parses them</param>
    public static bool IsGenuine(string secret, Func<string, string?> header, byte[] rawBody, long nowMs)
    {
        var timestamp = header("X-App-Timestamp") ?? "";
        if (string.IsNullOrEmpty(secret)
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sentMs)
            || nowMs - sentMs is > WindowMs or < -WindowMs)
        {
            return false;
        }
        var appKey = header("X-App-Key") ?? "";
        var nonce = header("X-App-Nonce") ?? "";
        var expected = Encoding.UTF8.GetBytes(Sign(secret, appKey, timestamp, nonce, rawBody));
        return Signatures.Any(name => CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(header(name) ?? ""), expected));
    }
}
