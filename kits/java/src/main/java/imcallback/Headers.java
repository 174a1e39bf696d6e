package imcallback;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads headers in any representation of a framework. */
@FunctionalInterface
public interface Headers {
    /**
     * @param name in any case
     * @return null when it is absent
     */
    String get(String name);

    /** Such as those of {@code com.sun.net.httpserver} or Spring. */
    static Headers of(Map<String, List<String>> values) {
        Map<String, String> byName = new TreeMap<>();
        values.forEach((name, list) -> byName.put(name.toLowerCase(Locale.ROOT), String.join(", ", list)));
        return name -> byName.get(name.toLowerCase(Locale.ROOT));
    }

    /** Empty when it is absent. */
    default String text(String name) {
        String value = get(name);
        return value == null ? "" : value;
    }
}
