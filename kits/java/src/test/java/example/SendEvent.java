package example;

import imcallback.Signatures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Sends an event, signed with the AppSecret: APP_SECRET in the environment. */
public final class SendEvent {
    private SendEvent() {}

    public static void main(String[] args) throws Exception {
        String baseUrl = System.getenv().getOrDefault("IM_URL", "https://im.example.com");
        String appKey = System.getenv().getOrDefault("APP_KEY", "ak_your_app_key");

        // The bytes that are signed are the bytes that are sent.
        byte[] body = """
            {"id":"msg-1001","event":"message.sent","data":{"messageId":"1001",
             "conversationId":"single:u1:u2","conversationType":"single","senderId":"u1","receiverId":"u2",
             "contentType":"text","content":{"text":"你好"},"text":"你好","status":"normal",
             "sentAt":"2026-11-21T08:00:00.000Z"}}""".getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest
            .newBuilder(URI.create(baseUrl + "/api/v1/apps/" + appKey + "/events"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        Signatures.signRequest(body, appKey, System.getenv("APP_SECRET")).forEach(request::header);

        HttpResponse<String> response =
            HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
    }
}
