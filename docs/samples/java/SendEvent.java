// Sends an event, signed with the AppSecret:
// javac ImSignature.java SendEvent.java && APP_SECRET=… java SendEvent
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

public final class SendEvent {
    public static void main(String[] args) throws Exception {
        String baseUrl = System.getenv().getOrDefault("IM_URL", "https://im.example.com");
        String appKey = System.getenv().getOrDefault("APP_KEY", "ak_your_app_key");
        String secret = System.getenv("APP_SECRET");
        if (secret == null || secret.isEmpty()) {
            throw new IllegalStateException("APP_SECRET is not set");
        }

        // The bytes that are signed are the bytes that are sent.
        byte[] body = """
            {"id":"msg-1001","event":"message.sent","data":{"messageId":"1001",
             "conversationId":"single:u1:u2","conversationType":"single","senderId":"u1","receiverId":"u2",
             "contentType":"text","content":{"text":"你好"},"text":"你好","status":"normal",
             "sentAt":"2026-11-21T08:00:00.000Z"}}""".getBytes(StandardCharsets.UTF_8);
        String timestamp = String.valueOf(System.currentTimeMillis());
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        String signature = ImSignature.sign(secret, appKey, timestamp, nonce, body);

        HttpRequest request = HttpRequest
            .newBuilder(URI.create(baseUrl + "/api/v1/apps/" + appKey + "/events"))
            .header("Content-Type", "application/json")
            .header("X-App-Key", appKey)
            .header("X-App-Timestamp", timestamp)
            .header("X-App-Nonce", nonce)
            .header("X-App-Signature", signature)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
        HttpResponse<String> response =
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
    }
}
