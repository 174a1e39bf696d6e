package imcallback;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads the fields of an object; what is absent or null is null. */
final class Fields {
    private final Map<String, Object> values;

    Fields(Map<String, Object> values) {
        this.values = values;
    }

    /** @throws CallbackException when it is no object */
    static Fields of(Object value) {
        return new Fields(objectOf(value, "it"));
    }

    /** A text; null when it is empty or no text. */
    String textOrNull(String name) {
        return values.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    String text(String name) {
        return as(String.class, name);
    }

    Boolean truth(String name) {
        return as(Boolean.class, name);
    }

    Long integer(String name) {
        return values.get(name) instanceof BigDecimal decimal && decimal.scale() <= 0 && decimal.precision() < 19
            ? Long.valueOf(decimal.longValue())
            : as(Long.class, name);
    }

    Double number(String name) {
        Number number = as(Number.class, name);
        return number == null ? null : number.doubleValue();
    }

    Object json(String name) {
        return values.get(name);
    }

    Map<String, Object> object(String name) {
        Object value = values.get(name);
        return value == null ? null : objectOf(value, name);
    }

    List<String> texts(String name) {
        List<?> items = as(List.class, name);
        return items == null ? null : items.stream().map(item -> cast(String.class, item, name)).toList();
    }

    <T> T nested(String name, Function<Map<String, Object>, T> reader) {
        Map<String, Object> value = object(name);
        return value == null ? null : reader.apply(value);
    }

    Map<String, Object> other(Set<String> known) {
        Map<String, Object> other = new LinkedHashMap<>(values);
        other.keySet().removeAll(known);
        return other;
    }

    private <T> T as(Class<T> type, String name) {
        return cast(type, values.get(name), name);
    }

    private static <T> T cast(Class<T> type, Object value, String name) {
        if (value != null && !type.isInstance(value)) {
            throw CallbackException.malformedBody(name + " has another type");
        }
        return type.cast(value);
    }

    /** Its keys are texts: it was parsed. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> objectOf(Object value, String name) {
        if (value instanceof Map) {
            return (Map<String, Object>) value;
        }
        throw CallbackException.malformedBody(name + " is no object");
    }
}
