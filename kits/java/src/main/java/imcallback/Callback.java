package imcallback;

import java.util.Map;

/**
 * An event for a webhook.
 *
 * @param callbackId the same in every retry and redelivery: drop duplicates by it
 * @param timestamp when the event happened, ISO 8601 UTC; null where the format does not say (raw)
 * @param deliveryId new in a redelivery; null where the format does not say
 * @param data the parsed JSON, see {@link Json}; null: not JSON, which only raw can be
 * @param rawBody the bytes of a request of format raw; null: another format
 */
public record Callback(
    String callbackId,
    String event,
    String timestamp,
    String appKey,
    String webhookId,
    String deliveryId,
    Object data,
    byte[] rawBody
) {
    /**
     * The data of a built-in event, such as {@link Payloads.ImMessage}; null for any other event.
     *
     * @throws CallbackException when a field has another type
     */
    @SuppressWarnings("unchecked")
    public Object payload() {
        return data instanceof Map ? Payloads.of(event, (Map<String, Object>) data) : null;
    }
}
