package imcallback;

/** How a webhook signs. {@link #X_APP} fits every webhook; the others are for webhooks with that signature. */
public enum Scheme {
    X_APP,
    STANDARD_WEBHOOKS,
    BODY_HMAC
}
