package imcallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SharedCasesTest {
    private static final String CASES = "test-cases.json";

    @TestFactory
    Stream<DynamicTest> acceptsWhatIsGenuineAndSaysWhyNot() {
        return SharedCases.list(CASES, "verify").stream().map(each ->
            DynamicTest.dynamicTest((String) each.get("name"), () ->
                assertEquals(each.get("expected"), verify(each, Verifier.DEFAULT_WINDOW, 0))));
    }

    @SuppressWarnings("unchecked")
    private static String verify(Map<String, Object> each, Duration window, long lateMs) {
        Clock clock = Clock.fixed(Instant.ofEpochMilli((Long) each.get("nowMs") + lateMs), ZoneOffset.UTC);
        Scheme scheme = Scheme.valueOf(((String) each.get("scheme")).toUpperCase().replace('-', '_'));
        String prefix = (String) each.get("prefix");
        Verifier verifier = new Verifier((List<String>) each.get("secrets"), scheme, prefix, window, clock);
        return outcome(() ->
            verifier.verify(SharedCases.headersOf(each.get("headers")), SharedCases.bodyOf(each.get("bodyBase64"))));
    }

    private static String outcome(Runnable work) {
        try {
            work.run();
            return "ok";
        } catch (CallbackException refused) {
            return refused.code().text();
        }
    }

    @Test
    void takesAnotherWindow() {
        Map<String, Object> first = SharedCases.list(CASES, "verify").get(0);
        assertEquals("ok", verify(first, Duration.ofSeconds(1), 1_000));
        assertEquals("outside_window", verify(first, Duration.ofSeconds(1), 1_001));
    }

    @Test
    void hasNoOpinionWithoutASecret() {
        assertThrows(IllegalArgumentException.class, Verifier::new);
        assertThrows(IllegalArgumentException.class, () -> new Verifier("a", ""));
    }

    @Test
    void signsAsTheVectorsSay() {
        Fields sign = Fields.of(SharedCases.read(CASES).get("sign"));
        byte[] body = SharedCases.bytes(sign.text("body"));
        long nowMs = Long.parseLong(sign.text("timestamp"));
        Map<String, String> headers =
            Signatures.signRequest(body, sign.text("appKey"), sign.text("secret"), nowMs, sign.text("nonce"));
        assertEquals(sign.text("signature"), headers.get("X-App-Signature"));
        assertThrows(IllegalArgumentException.class, () -> Signatures.signRequest(body, "ak", ""));
    }

    @TestFactory
    Stream<DynamicTest> readsEveryFormat() {
        return SharedCases.list(CASES, "parse").stream().map(each ->
            DynamicTest.dynamicTest((String) each.get("name"), () -> readsAsExpected(each)));
    }

    @SuppressWarnings("unchecked")
    private static void readsAsExpected(Map<String, Object> each) {
        Headers headers = SharedCases.headersOf(each.get("headers"));
        byte[] body = SharedCases.bytes((String) each.get("body"));
        Map<String, Object> expected = (Map<String, Object>) each.get("expected");
        if (expected == null) {
            assertEquals("malformed_body", outcome(() -> CallbackRequest.parse(headers, body)));
            return;
        }
        CallbackRequest request = CallbackRequest.parse(headers, body);
        List<Callback> callbacks = ((List<Map<String, String>>) expected.get("callbacks")).stream()
            .map(callback -> new Callback(
                callback.get("callbackId"), callback.get("event"), callback.get("timestamp"), callback.get("appKey"),
                callback.get("webhookId"), callback.get("deliveryId"), Json.parse(callback.get("dataText")),
                // Arrays are equal only to themselves.
                request.callbacks().get(0).rawBody()))
            .toList();
        assertEquals(
            new CallbackRequest(
                (String) expected.get("kind"), (String) expected.get("format"),
                ((Long) expected.get("attempt")).intValue(), (String) expected.get("batchId"), callbacks),
            request
        );
        assertEquals(request.format().equals("raw"), request.callbacks().get(0).rawBody() != null);
        Fields data = Fields.of(request.callbacks().get(0).data());
        assertEquals(9007199254740993L, data.json("big"));
        assertEquals(new BigInteger("123456789012345678901234567890"), data.json("bigger"));
    }

    @Test
    void takesAnythingAsRaw() {
        Headers headers = SharedCases.headersOf(
            Map.of("X-App-Format", "raw", "X-App-Callback-Id", "c1", "X-App-Event", "openim.x"));
        Callback callback = CallbackRequest.parse(headers, new byte[] {(byte) 0xff}).callbacks().get(0);
        assertNull(callback.data());
        assertEquals(1, callback.rawBody().length);
        byte[] notUtf8 = {'"', (byte) 0xff, '"'};
        assertEquals("malformed_body", outcome(() -> CallbackRequest.parse(name -> null, notUtf8)));
    }

    @TestFactory
    Stream<DynamicTest> describesTheExampleOfEveryEvent() {
        return SharedCases.list("catalogue.json", "events").stream().map(each ->
            DynamicTest.dynamicTest((String) each.get("event"), () -> {
                Object payload = callback((String) each.get("event"), each.get("example")).payload();
                assertNotNull(payload);
                assertEquals(Map.of(), payload.getClass().getMethod("other").invoke(payload));
            }));
    }

    private static Callback callback(String event, Object data) {
        return new Callback("c1", event, null, "ak", "w1", "d1", data, null);
    }

    @Test
    void keepsFieldsThatANewerServiceAdds() {
        Map<String, Object> data = new LinkedHashMap<>(Map.of("messageId", "1", "seq", 9007199254740993L, "added", 1L));
        Payloads.ImMessage message =
            assertInstanceOf(Payloads.ImMessage.class, callback("message.sent", data).payload());
        assertEquals(9007199254740993L, message.seq());
        assertEquals(Map.of("added", 1L), message.other());
        assertNull(callback("orders/create", data).payload());
        data.put("messageId", 1L);
        assertEquals("malformed_body", outcome(() -> callback("message.sent", data).payload()));
    }

    @Test
    void printsJsonAsItWasRead() {
        for (String text : List.of(
            "{\"a\":9007199254740993,\"b\":[-12345678901234567890,1.50,1E+400],\"c\":{},\"d\":[],\"e\":null}",
            "[true,false,\"你好 \\\\ \\\"\",-0.5]"
        )) {
            assertEquals(text, Json.print(Json.parse(text)));
        }
    }

    @Test
    void refusesWhatIsNoJson() {
        for (String text : List.of(
            "", " ", "{", "[1,]", "{\"a\":1,}", "[1 2]", "{a:1}", "01", "1.", ".5", "+1", "-", "1e", "tru", "NaN",
            "\"a", "\"\n\"", "\"\\x\"", "\"\\u12g4\"", "1 1", "[".repeat(1_001) + "]".repeat(1_001), "'a'", "[,1]"
        )) {
            assertThrows(IllegalArgumentException.class, () -> Json.parse(text), text);
        }
    }
}
