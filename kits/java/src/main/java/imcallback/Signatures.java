package imcallback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to the API. */
public final class Signatures {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Signatures() {}

    /**
     * @param body what is sent, byte for byte
     * @return the headers to send
     * @throws IllegalArgumentException without a secret
     */
    public static Map<String, String> signRequest(byte[] body, String appKey, String appSecret) {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        return signRequest(body, appKey, appSecret, System.currentTimeMillis(), hex(nonce));
    }

    static Map<String, String> signRequest(byte[] body, String appKey, String appSecret, long nowMs, String nonce) {
        String timestamp = String.valueOf(nowMs);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-App-Key", appKey);
        headers.put("X-App-Timestamp", timestamp);
        headers.put("X-App-Nonce", nonce);
        headers.put("X-App-Signature", xApp(requireSecret(appSecret), appKey, timestamp, nonce, body));
        return headers;
    }

    /** The scheme {@link Scheme#X_APP}: HMAC-SHA256 of AppKey, timestamp, nonce and the hash of the body. */
    static String xApp(String secret, String appKey, String timestamp, String nonce, byte[] body) {
        String text = String.join("\n", appKey, timestamp, nonce, hex(sha256(body)));
        return hex(hmac(secret.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Of {@code whsec_…} the decoded bytes, of any other secret its UTF-8 bytes. */
    static byte[] standardWebhooksKey(String secret) {
        String encoded = secret.startsWith("whsec_") ? secret.substring(6) : "";
        if (!encoded.isEmpty() && encoded.length() % 4 == 0) {
            try {
                return Base64.getDecoder().decode(encoded);
            } catch (IllegalArgumentException notEncoded) {
                // It is a text that begins like one.
            }
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Refuses an empty one: anyone could sign with it. */
    static String requireSecret(String secret) {
        if (secret == null || secret.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        return secret;
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
