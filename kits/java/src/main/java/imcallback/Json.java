package imcallback;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and prints JSON without a library. Objects are maps in their order, whole numbers {@link Long} or {@link BigInteger},
 * other numbers {@link BigDecimal}: all of them exact.
 */
public final class Json {
    private static final int MAX_DEPTH = 1_000;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException when it is not JSON */
    public static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.skipBlanks();
        if (json.at < text.length()) {
            throw json.unexpected();
        }
        return value;
    }

    private Object value() {
        skipBlanks();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (boolean isFirst = open(); !isClosed('}', isFirst); isFirst = false) {
            skipBlanks();
            String name = string();
            skipBlanks();
            expect(':');
            fields.put(name, value());
        }
        return fields;
    }

    private List<Object> list() {
        List<Object> items = new ArrayList<>();
        for (boolean isFirst = open(); !isClosed(']', isFirst); isFirst = false) {
            items.add(value());
        }
        return items;
    }

    private boolean open() {
        at++;
        depth++;
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested too deeply");
        }
        return true;
    }

    /** Reads the end, or the comma before what follows. */
    private boolean isClosed(char end, boolean isFirst) {
        skipBlanks();
        if (peek() == end) {
            at++;
            depth--;
            return true;
        }
        if (!isFirst) {
            expect(',');
        }
        return false;
    }

    private String string() {
        expect('"');
        StringBuilder read = new StringBuilder();
        for (char next = take(); next != '"'; next = take()) {
            if (next < ' ') {
                throw unexpected();
            }
            read.append(next == '\\' ? escaped() : next);
        }
        return read.toString();
    }

    private char escaped() {
        char next = take();
        return switch (next) {
            case '"', '\\', '/' -> next;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw unexpected();
        };
    }

    private char unicode() {
        int code = 0;
        for (int digit = 0; digit < 4; digit++) {
            char next = take();
            int value = next < 128 ? Character.digit(next, 16) : -1;
            if (value < 0) {
                throw unexpected();
            }
            code = code * 16 + value;
        }
        return (char) code;
    }

    private Object number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        boolean isWhole = true;
        if (peek() == '.') {
            isWhole = false;
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            isWhole = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        String number = text.substring(start, at);
        if (!isWhole) {
            return new BigDecimal(number);
        }
        return number.length() < 19 ? (Object) Long.valueOf(number) : small(new BigInteger(number));
    }

    private static Object small(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw unexpected();
        }
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            at++;
        }
    }

    private void expect(char expected) {
        if (take() != expected) {
            throw unexpected();
        }
    }

    private char take() {
        if (at == text.length()) {
            throw unexpected();
        }
        return text.charAt(at++);
    }

    /** NUL at the end: no token begins with it. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("unexpected text before position " + at);
    }

    /**
     * @param value of maps, collections, texts, numbers, booleans and null
     * @throws IllegalArgumentException for anything else
     */
    public static String print(Object value) {
        StringBuilder printed = new StringBuilder();
        print(value, printed);
        return printed.toString();
    }

    private static void print(Object value, StringBuilder printed) {
        if (value instanceof Map<?, ?> fields) {
            String separator = "{";
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                printString(String.valueOf(field.getKey()), printed.append(separator));
                print(field.getValue(), printed.append(':'));
                separator = ",";
            }
            printed.append(fields.isEmpty() ? "{}" : "}");
        } else if (value instanceof Collection<?> items) {
            String separator = "[";
            for (Object item : items) {
                print(item, printed.append(separator));
                separator = ",";
            }
            printed.append(items.isEmpty() ? "[]" : "]");
        } else if (value instanceof CharSequence string) {
            printString(string, printed);
        } else if (value == null || value instanceof Boolean || isPrintable(value)) {
            printed.append(value);
        } else {
            throw new IllegalArgumentException(value.getClass() + " is no JSON");
        }
    }

    private static boolean isPrintable(Object value) {
        return value instanceof Number number && Double.isFinite(value instanceof Double ? number.doubleValue() : 0);
    }

    private static void printString(CharSequence string, StringBuilder printed) {
        printed.append('"');
        for (int index = 0; index < string.length(); index++) {
            char next = string.charAt(index);
            if (next == '"' || next == '\\') {
                printed.append('\\').append(next);
            } else if (next < ' ' || Character.isSurrogate(next)) {
                printed.append(String.format("\\u%04x", (int) next));
            } else {
                printed.append(next);
            }
        }
        printed.append('"');
    }
}
