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

    /** Of callbacks that were handled; a database in production, kept longer than retries last. */
    private final Set<String> handled = ConcurrentHashMap.newKeySet();

    // byte[]: an object would be parsed, and what Jackson prints again are other bytes.
    @PostMapping("/callback")
    public ResponseEntity<Void> callback(
        @RequestHeader HttpHeaders headers,
        @RequestBody(required = false) byte[] received
    ) throws IOException {
        byte[] rawBody = received == null ? new byte[0] : received;
        String secret = System.getenv("APP_SECRET");
        if (!ImSignature.isGenuine(secret, headers::getFirst, rawBody, System.currentTimeMillis())) {
            return ResponseEntity.status(401).build();
        }
        JsonNode envelope = json.readTree(rawBody);
        if (handled.add(envelope.path("callbackId").asText())) {
            // Only remember it here: what takes long belongs in a queue of yours.
            System.out.println(envelope.path("event").asText() + " " + envelope.path("data"));
        }
        return ResponseEntity.noContent().build();
    }
}
