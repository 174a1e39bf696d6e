// Receives callbacks with Spring MVC.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class CallbackController {
    private final ObjectMapper json = new ObjectMapper();

    private final String secret = System.getenv("APP_SECRET");

    /** Ids of callbacks that were handled; a database in production, kept longer than retries last. */
    private final Set<String> handled = ConcurrentHashMap.newKeySet();

    public CallbackController() {
        if (secret == null || secret.isEmpty()) {
            throw new IllegalStateException("APP_SECRET is not set");
        }
    }

    // byte[]: an object would be parsed, and what Jackson prints again are other bytes.
    @PostMapping("/callback")
    public ResponseEntity<Void> callback(
        @RequestHeader HttpHeaders headers,
        @RequestBody(required = false) byte[] received
    ) throws IOException {
        byte[] rawBody = received == null ? new byte[0] : received;
        if (!ImSignature.isGenuine(secret, headers::getFirst, rawBody, System.currentTimeMillis())) {
            return ResponseEntity.status(401).build();
        }
        JsonNode envelope = json.readTree(rawBody);
        // A webhook with batches gets {"batchId":…,"events":[…]}.
        JsonNode entries = envelope.has("events") ? envelope.get("events") : json.createArrayNode().add(envelope);
        for (JsonNode entry : entries) {
            if (!entry.path("callbackId").isTextual()) {
                return ResponseEntity.badRequest().build();
            }
        }
        for (JsonNode entry : entries) {
            String callbackId = entry.path("callbackId").asText();
            if (handled.add(callbackId)) {
                // Only remember it here: what takes long belongs in your own queue.
                System.out.println(callbackId + " " + entry.path("event").asText() + " " + entry.path("data"));
            }
        }
        return ResponseEntity.noContent().build();
    }
}
