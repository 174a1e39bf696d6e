package imcallback;

import imcallback.CallbackException.Code;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Verifies the signature of a callback, over its bytes, in constant time. */
public final class Verifier {
    /** How far a timestamp may be from our clock. */
    public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(5);

    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern TIME = Pattern.compile("[0-9]{1,15}");
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern BODY_SIGNATURE = Pattern.compile("sha256=[0-9a-f]{64}");

    private final List<String> secrets;
    private final Scheme scheme;
    private final String prefix;
    private final Duration window;
    private final Clock clock;

    /**
     * @param secrets the secret, or both while it is rotated: the old and the new one, in any order
     * @param prefix how the headers of {@link Scheme#BODY_HMAC} begin
     */
    public Verifier(List<String> secrets, Scheme scheme, String prefix, Duration window, Clock clock) {
        this.secrets = secrets.stream().map(Signatures::requireSecret).toList();
        if (secrets.isEmpty()) {
            Signatures.requireSecret("");
        }
        this.scheme = scheme;
        this.prefix = prefix;
        this.window = window;
        this.clock = clock;
    }

    public Verifier(String... secrets) {
        this(List.of(secrets), Scheme.X_APP, "X-App", DEFAULT_WINDOW, Clock.systemUTC());
    }

    Duration window() {
        return window;
    }

    Clock clock() {
        return clock;
    }

    /**
     * Details of a verified request.
     *
     * @param secretIndex that of the secret that fits
     * @param replayKey identifies a repeated request; null: the scheme has none (BODY_HMAC)
     */
    public record Verified(int secretIndex, String replayKey) {}

    private record Check(Long timeMs, String replayKey, List<String> given, Function<String, String> expected) {}

    /**
     * @param rawBody the bytes as received, before anything parses them
     * @throws CallbackException for a request that is not genuine
     */
    public Verified verify(Headers headers, byte[] rawBody) {
        Check check = switch (scheme) {
            case X_APP -> checkXApp(headers, rawBody);
            case STANDARD_WEBHOOKS -> checkStandardWebhooks(headers, rawBody);
            case BODY_HMAC -> checkBodyHmac(headers, rawBody);
        };
        if (check.timeMs() != null && Math.abs(clock.millis() - check.timeMs()) > window.toMillis()) {
            throw new CallbackException(Code.OUTSIDE_WINDOW, "the timestamp is too far from our clock");
        }
        for (int index = 0; index < secrets.size(); index++) {
            byte[] expected = utf8(check.expected().apply(secrets.get(index)));
            // isEqual compares in constant time.
            if (check.given().stream().anyMatch(given -> MessageDigest.isEqual(utf8(given), expected))) {
                return new Verified(index, check.replayKey());
            }
        }
        throw new CallbackException(Code.WRONG_SIGNATURE, "the signature does not fit");
    }

    private static Check checkXApp(Headers headers, byte[] rawBody) {
        String appKey = required(headers, "X-App-Key");
        String timestamp = required(headers, "X-App-Timestamp");
        String nonce = required(headers, "X-App-Nonce");
        if (!NONCE.matcher(nonce).matches()) {
            throw malformed("X-App-Nonce");
        }
        return new Check(
            timeOf(timestamp, "X-App-Timestamp"),
            appKey + ":" + nonce,
            signatures(headers, "X-App-Signature", SIGNATURE),
            secret -> Signatures.xApp(secret, appKey, timestamp, nonce, rawBody)
        );
    }

    private static Check checkStandardWebhooks(Headers headers, byte[] rawBody) {
        String id = required(headers, "webhook-id");
        String timestamp = required(headers, "webhook-timestamp");
        return new Check(
            timeOf(timestamp, "webhook-timestamp") * 1000,
            id + ":" + timestamp,
            List.of(required(headers, "webhook-signature").split(" ")),
            secret -> "v1," + Base64.getEncoder().encodeToString(
                Signatures.hmac(Signatures.standardWebhooksKey(secret), utf8(id + "." + timestamp + "."), rawBody)
            )
        );
    }

    private Check checkBodyHmac(Headers headers, byte[] rawBody) {
        String name = prefix + "-Timestamp";
        String timestamp = headers.text(name);
        return new Check(
            // It is not signed, so it only catches delayed requests, not forged ones; duplicates are dropped by callbackId.
            timestamp.isEmpty() ? null : timeOf(timestamp, name),
            null,
            signatures(headers, prefix + "-Signature-256", BODY_SIGNATURE),
            secret -> "sha256=" + Signatures.hex(Signatures.hmac(utf8(secret), rawBody))
        );
    }

    private static String required(Headers headers, String name) {
        String value = headers.text(name);
        if (value.isEmpty()) {
            throw new CallbackException(Code.MISSING_HEADER, name + " is missing");
        }
        return value;
    }

    private static CallbackException malformed(String name) {
        return new CallbackException(Code.MALFORMED_HEADER, name + " has another form");
    }

    private static Long timeOf(String timestamp, String name) {
        if (!TIME.matcher(timestamp).matches()) {
            throw malformed(name);
        }
        return Long.valueOf(timestamp);
    }

    /** While a secret is rotated there is one for each of the two. */
    private static List<String> signatures(Headers headers, String name, Pattern form) {
        List<String> given = new ArrayList<>();
        given.add(required(headers, name));
        given.add(headers.text(name + "-Next"));
        given.add(headers.text(name + "-Previous"));
        given.removeIf(value -> !form.matcher(value).matches());
        if (given.isEmpty()) {
            throw malformed(name);
        }
        return given;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
