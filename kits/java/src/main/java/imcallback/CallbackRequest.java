package imcallback;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A request and what it carries.
 *
 * @param kind event, test, redelivery, or before for a question
 * @param attempt from 1
 * @param batchId null: it is no batch
 * @param callbacks in order; exactly one unless it is a batch
 */
public record CallbackRequest(String kind, String format, int attempt, String batchId, List<Callback> callbacks) {
    /** @throws CallbackException (MALFORMED_BODY) when it cannot be read */
    public static CallbackRequest parse(Headers headers, byte[] rawBody) {
        String format = orElse(headers.text("X-App-Format"), "im");
        boolean isBatch = !headers.text("X-App-Batch").isEmpty();
        Object body = bodyOf(rawBody, format);
        List<?> entries = isBatch ? entriesOf(body) : java.util.Collections.singletonList(body);
        return new CallbackRequest(
            orElse(headers.text("X-App-Kind"), "event"),
            format,
            attemptOf(headers.text("X-App-Attempt")),
            isBatch ? headers.text("X-App-Batch-Id") : null,
            format.equals("raw")
                ? List.of(readRaw(headers, body, rawBody))
                : entries.stream().map(entry -> read(format, headers, entry)).toList()
        );
    }

    private static Callback readRaw(Headers headers, Object data, byte[] rawBody) {
        return new Callback(
            required(headers.text("X-App-Callback-Id"), "callbackId"),
            required(headers.text("X-App-Event"), "event"),
            null,
            headers.text("X-App-Key"),
            headers.text("X-App-Webhook-Id"),
            orElse(headers.text("X-App-Delivery-Id"), null),
            data,
            rawBody
        );
    }

    private static Callback read(String format, Headers headers, Object entry) {
        Fields fields = Fields.of(entry);
        Object data = fields.json("data");
        String timestamp = fields.textOrNull("timestamp");
        return switch (format) {
            case "im" -> new Callback(
                required(fields.textOrNull("callbackId"), "callbackId"),
                required(fields.textOrNull("event"), "event"),
                timestamp,
                orElse(fields.textOrNull("appKey"), headers.text("X-App-Key")),
                orElse(fields.textOrNull("webhookId"), headers.text("X-App-Webhook-Id")),
                fields.textOrNull("deliveryId"),
                data,
                null
            );
            case "standard-webhooks" -> callback(
                headers,
                orElse(fields.textOrNull("id"), headers.text("X-App-Callback-Id")),
                fields.textOrNull("type"),
                timestamp,
                headers.text("X-App-Delivery-Id"),
                data
            );
            case "cloudevents" -> callback(
                headers,
                fields.textOrNull("id"),
                fields.textOrNull("type"),
                fields.textOrNull("time"),
                fields.textOrNull("deliveryid"),
                data
            );
            // An entry of a batch names no callbackId; its delivery's id is the same in every retry.
            case "flat" -> callback(
                headers,
                orElse(headers.text("X-App-Callback-Id"), fields.textOrNull("delivery_id")),
                fields.textOrNull("event"),
                timestamp,
                fields.textOrNull("delivery_id"),
                data
            );
            default -> throw CallbackException.malformedBody("the format " + format + " is not known");
        };
    }

    private static Callback callback(
        Headers headers, String callbackId, String event, String timestamp, String deliveryId, Object data
    ) {
        return new Callback(
            required(callbackId, "callbackId"),
            required(event, "event"),
            timestamp,
            headers.text("X-App-Key"),
            headers.text("X-App-Webhook-Id"),
            orElse(deliveryId, null),
            data,
            null
        );
    }

    private static Object bodyOf(byte[] rawBody, String format) {
        try {
            // It refuses what is not UTF-8; new String() would replace it.
            return Json.parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(rawBody)).toString());
        } catch (CharacterCodingException | IllegalArgumentException noJson) {
            // An IM server may send anything; its bytes are kept beside it.
            if (format.equals("raw")) {
                return null;
            }
            throw CallbackException.malformedBody("the body is not JSON");
        }
    }

    private static List<?> entriesOf(Object body) {
        Object entries = body instanceof Map<?, ?> envelope ? envelope.get("events") : body;
        if (entries instanceof List<?> list) {
            return list;
        }
        throw CallbackException.malformedBody("the batch has no list of events");
    }

    private static int attemptOf(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 1;
    }

    private static String required(String text, String name) {
        if (text == null || text.isEmpty()) {
            throw CallbackException.malformedBody("there is no " + name);
        }
        return text;
    }

    private static String orElse(String text, String other) {
        return text == null || text.isEmpty() ? other : text;
    }
}
