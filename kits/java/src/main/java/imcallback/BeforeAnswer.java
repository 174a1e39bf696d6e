package imcallback;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answers a question before an event.
 *
 * @param code for the IM server; each has its own range of codes; null: none
 * @param reason for people, at most 500 characters; null: none
 * @param changes new values by the field names of the event's data; null: none
 */
public record BeforeAnswer(String decision, Long code, String reason, Map<String, ?> changes) {
    public static BeforeAnswer allow() {
        return new BeforeAnswer("allow", null, null, null);
    }

    public static BeforeAnswer deny(Long code, String reason) {
        return new BeforeAnswer("deny", code, reason, null);
    }

    public static BeforeAnswer modify(Map<String, ?> changes) {
        return new BeforeAnswer("modify", null, null, changes);
    }

    Map<String, Object> toMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("decision", decision);
        fields.put("code", code);
        fields.put("reason", reason);
        fields.put("changes", changes);
        fields.values().removeIf(java.util.Objects::isNull);
        return fields;
    }
}
