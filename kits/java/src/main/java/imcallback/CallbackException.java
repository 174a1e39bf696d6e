package imcallback;

/** Of a request that is not handled. */
public final class CallbackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a request is refused. */
    public enum Code {
        MISSING_HEADER, MALFORMED_HEADER, OUTSIDE_WINDOW, WRONG_SIGNATURE, REPLAYED, MALFORMED_BODY;

        /** As it is answered, such as {@code missing_header}. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Code code;

    CallbackException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** What to answer. */
    public int status() {
        return code == Code.MALFORMED_BODY ? 400 : 401;
    }

    static CallbackException malformedBody(String message) {
        return new CallbackException(Code.MALFORMED_BODY, message);
    }
}
