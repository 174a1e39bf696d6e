// Answers each question on stdin by the Java sample.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

public final class Vectors {
    public static void main(String[] args) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] encoded = line.split(" ");
            byte[] body = Base64.getDecoder().decode(encoded[4].substring(1));
            String[] fields = new String[encoded.length];
            for (int i = 0; i < encoded.length; i++) {
                fields[i] = encoded[i].equals("~")
                    ? null
                    : new String(Base64.getDecoder().decode(encoded[i].substring(1)), StandardCharsets.UTF_8);
            }
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.put("X-App-Key", fields[1]);
            headers.put("X-App-Timestamp", fields[2]);
            headers.put("X-App-Nonce", fields[3]);
            headers.put(fields[5], fields[6]);
            headers.values().removeIf(Objects::isNull);
            boolean isAccepted = ImSignature.isGenuine(fields[0], headers::get, body, Long.parseLong(fields[7]));
            System.out.println(signed(fields, body) + " " + isAccepted);
        }
    }

    private static String signed(String[] fields, byte[] body) {
        try {
            return ImSignature.sign(fields[0], orEmpty(fields[1]), orEmpty(fields[2]), orEmpty(fields[3]), body);
        } catch (IllegalArgumentException refusal) {
            return "refused";
        }
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }
}
