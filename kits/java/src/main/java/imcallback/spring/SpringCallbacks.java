package imcallback.spring;

import imcallback.CallbackReceiver;
import imcallback.CallbackReceiver.Answer;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Receives callbacks in Spring MVC: a bean of the router function is all that is needed. */
public final class SpringCallbacks {
    private SpringCallbacks() {}

    /** @param path such as {@code /callback} */
    public static RouterFunction<ServerResponse> route(String path, CallbackReceiver receiver) {
        return RouterFunctions.route().POST(path, request -> receive(request, receiver)).build();
    }

    private static ServerResponse receive(ServerRequest request, CallbackReceiver receiver) throws IOException {
        byte[] rawBody;
        // The bytes: what Jackson prints again are other ones.
        try (InputStream body = request.servletRequest().getInputStream()) {
            rawBody = body.readNBytes(receiver.maxBodyBytes() + 1);
        }
        if (rawBody.length > receiver.maxBodyBytes()) {
            return ServerResponse.status(413).build();
        }
        Answer answer = receiver.handle(request.servletRequest()::getHeader, rawBody);
        ServerResponse.BodyBuilder response = ServerResponse.status(answer.status());
        answer.headers().forEach(response::header);
        return answer.body().length == 0 ? response.build() : response.body(answer.body());
    }
}
