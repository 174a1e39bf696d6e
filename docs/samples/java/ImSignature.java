// Signs a request and verifies a callback. Java 17 or newer, no libraries.
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class ImSignature {
    /** A callback whose timestamp is further from our clock is refused: it may be an old one, sent again. */
    private static final long WINDOW_MS = 5 * 60 * 1000;

    /** While a secret is rotated there is a signature for each of the two; the one of our secret has to fit. */
    private static final List<String> SIGNATURES =
        List.of("X-App-Signature", "X-App-Signature-Next", "X-App-Signature-Previous");

    private ImSignature() {}

    /** @param body the bytes as sent */
    public static String sign(String secret, String appKey, String timestamp, String nonce, byte[] body) {
        if (secret == null || secret.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty"); // With an empty key anyone could sign.
        }
        try {
            byte[] bodyHash = MessageDigest.getInstance("SHA-256").digest(body);
            String text = String.join("\n", appKey, timestamp, nonce, HexFormat.of().formatHex(bodyHash));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param header the value of a header, null when it is absent
     * @param rawBody the bytes as received, before anything parses them
     */
    public static boolean isGenuine(String secret, UnaryOperator<String> header, byte[] rawBody, long nowMs) {
        if (secret == null || secret.isEmpty()) {
            return false;
        }
        String timestamp = orEmpty(header.apply("X-App-Timestamp"));
        if (!timestamp.matches("[0-9]{1,15}") || Math.abs(nowMs - Long.parseLong(timestamp)) > WINDOW_MS) {
            return false;
        }
        String appKey = orEmpty(header.apply("X-App-Key"));
        String nonce = orEmpty(header.apply("X-App-Nonce"));
        byte[] expected = sign(secret, appKey, timestamp, nonce, rawBody).getBytes(StandardCharsets.UTF_8);
        return SIGNATURES.stream()
            .map(name -> orEmpty(header.apply(name)).getBytes(StandardCharsets.UTF_8))
            // isEqual compares in constant time.
            .anyMatch(actual -> MessageDigest.isEqual(actual, expected));
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }
}
