package example;

import imcallback.BeforeAnswer;
import imcallback.Callback;
import imcallback.CallbackReceiver;
import imcallback.Payloads;
import imcallback.spring.SpringCallbacks;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Receives callbacks with Spring Boot: spring-boot-starter-web and im-callback-kit, APP_SECRET in the environment. */
@SpringBootApplication
public class ReceiveCallbacks {
    public static void main(String[] args) {
        SpringApplication.run(ReceiveCallbacks.class, args);
    }

    @Bean
    RouterFunction<ServerResponse> callbacks() {
        Map<String, String> environment = System.getenv();
        // While a secret is rotated, both: the old and the new one.
        String[] secrets = Stream.of("APP_SECRET", "NEXT_APP_SECRET")
            .filter(environment::containsKey)
            .map(environment::get)
            .toArray(String[]::new);
        CallbackReceiver receiver = CallbackReceiver.with(secrets)
            .onEvent(ReceiveCallbacks::handle)
            .onBefore(ReceiveCallbacks::decide)
            .build();
        return SpringCallbacks.route("/callback", receiver);
    }

    /** Called once for each event; what takes long belongs in your own queue. */
    private static void handle(Callback callback) {
        if (callback.payload() instanceof Payloads.ImMessage message) {
            System.out.println(callback.callbackId() + " " + message.senderId() + " " + message.text());
        } else {
            System.out.println(callback.callbackId() + " " + callback.event() + " " + callback.data());
        }
    }

    /** Decides before an event happens. */
    private static BeforeAnswer decide(Callback question) {
        boolean isSpam = question.data() instanceof Map<?, ?> data && "spam".equals(data.get("text"));
        return isSpam ? BeforeAnswer.deny(null, "no spam") : BeforeAnswer.allow();
    }
}
