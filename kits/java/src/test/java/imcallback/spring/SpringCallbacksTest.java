package imcallback.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import imcallback.CallbackReceiver;
import imcallback.Signatures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

class SpringCallbacksTest {
    private static final List<String> HANDLED = new CopyOnWriteArrayList<>();
    private static ConfigurableApplicationContext context;

    @SpringBootApplication
    static class App {
        @Bean
        RouterFunction<ServerResponse> callbacks() {
            CallbackReceiver receiver = CallbackReceiver.with("secret")
                .onEvent(callback -> HANDLED.add(callback.callbackId()))
                .maxBodyBytes(1_000)
                .build();
            return SpringCallbacks.route("/callback", receiver);
        }
    }

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(App.class)
            .run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off", "--logging.level.root=WARN");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static int post(String body, String type, Map<String, String> headers) throws Exception {
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/callback"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", type);
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static Map<String, String> signed(String body) {
        return Signatures.signRequest(body.getBytes(StandardCharsets.UTF_8), "ak_demo_0001", "secret");
    }

    @Test
    void getsTheBytesWhateverTheirType() throws Exception {
        for (String type : List.of("application/json", "application/x-www-form-urlencoded", "application/cloudevents+json")) {
            HANDLED.clear();
            String body = " {\"callbackId\":\"" + type + "\",\"event\":\"message.sent\",\"data\":{\"text\":\"你好\"}}\n";
            String large = " ".repeat(1_001);
            assertEquals(204, post(body, type, signed(body)));
            assertEquals(401, post(body + " ", type, signed(body)));
            assertEquals(413, post(large, type, signed(large)));
            assertEquals(List.of(type), HANDLED);
        }
    }
}
