package imcallback.conformance;

import imcallback.BeforeAnswer;
import imcallback.Callback;
import imcallback.CallbackReceiver;
import imcallback.Json;
import imcallback.Scheme;
import imcallback.spring.SpringCallbacks;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Receives with every scheme, for the test against the running service. Secrets: SECRETS, the old and the new one as JSON.
 * Paths: {@code /<old|new|both>/<scheme>}. Prints a line for each event.
 */
@SpringBootApplication
public class Conformance {
    public static void main(String[] args) {
        new SpringApplicationBuilder(Conformance.class).run(
            "--server.port=" + System.getenv("PORT"),
            "--server.address=127.0.0.1",
            "--spring.main.banner-mode=off",
            "--logging.level.root=ERROR"
        );
    }

    @Bean
    RouterFunction<ServerResponse> callbacks() {
        List<?> secrets = (List<?>) Json.parse(System.getenv("SECRETS"));
        String old = (String) secrets.get(0);
        String next = (String) secrets.get(1);
        Map<String, String[]> byKeys =
            Map.of("old", new String[] {old}, "new", new String[] {next}, "both", new String[] {old, next});
        return byKeys.entrySet().stream()
            .flatMap(keys -> List.of(Scheme.values()).stream().map(scheme -> route(keys.getKey(), keys.getValue(), scheme)))
            .reduce(RouterFunction::and)
            .orElseThrow();
    }

    private static RouterFunction<ServerResponse> route(String keys, String[] secrets, Scheme scheme) {
        CallbackReceiver receiver = CallbackReceiver.with(secrets)
            .scheme(scheme)
            .onEvent(Conformance::note)
            .onBefore(Conformance::decide)
            .build();
        String name = scheme.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return SpringCallbacks.route("/" + keys + "/" + name, receiver);
    }

    private static void note(Callback callback) {
        Object big = ((Map<?, ?>) ((Map<?, ?>) callback.data()).get("extra")).get("big");
        System.out.println("handled " + callback.callbackId() + " " + callback.event() + " " + Json.print(big));
    }

    private static BeforeAnswer decide(Callback question) {
        Map<?, ?> data = (Map<?, ?>) question.data();
        return switch ((String) data.get("text")) {
            case "deny" -> BeforeAnswer.deny(5001L, "不行");
            case "modify" -> BeforeAnswer.modify(Map.of("text", "mild", "extra", data.get("extra")));
            default -> BeforeAnswer.allow();
        };
    }
}
