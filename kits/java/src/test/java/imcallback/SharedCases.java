package imcallback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the cases that the tests of all kits share, and makes requests. */
final class SharedCases {
    static final String SECRET = "密钥-secret";

    private SharedCases() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> read(String name) {
        try {
            return (Map<String, Object>) Json.parse(Files.readString(Path.of("..", name)));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(String name, String field) {
        return (List<Map<String, Object>>) read(name).get(field);
    }

    @SuppressWarnings("unchecked")
    static Headers headersOf(Object values) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll((Map<String, String>) values);
        return byName::get;
    }

    /** The one case without a body means 256 KiB of the letter x. */
    static byte[] bodyOf(Object text) {
        return text == null ? bytes("x".repeat(262_144)) : Base64.getDecoder().decode((String) text);
    }

    /** Headers of a callback; those of requests to the API are the same. */
    static Headers signed(String body, String... more) {
        Map<String, String> headers = Signatures.signRequest(bytes(body), "ak_demo_0001", SECRET);
        for (int index = 0; index < more.length; index += 2) {
            headers.put(more[index], more[index + 1]);
        }
        return headersOf(headers);
    }

    static String envelope(String id) {
        return "{\"callbackId\":\"" + id + "\",\"event\":\"message.sent\",\"data\":{}}";
    }

    static String batch(String... ids) {
        return Arrays.stream(ids)
            .map(SharedCases::envelope)
            .collect(Collectors.joining(",", "{\"batchId\":\"b1\",\"events\":[", "]}"));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
