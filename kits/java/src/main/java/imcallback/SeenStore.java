package imcallback;

import java.time.Duration;

/**
 * Remembers what was handled. Implement it on a database or Redis where several processes receive, or a restart must not
 * forget.
 */
public interface SeenStore {
    /** NEW: not handled yet; BUSY: another request is handling it; DONE: it was handled. */
    enum Seen { NEW, BUSY, DONE }

    /**
     * Takes an id, atomically. An id that stays BUSY because its process died should become free again after some minutes.
     */
    Seen begin(String id, Duration keep);

    /** It was handled. */
    void finish(String id);

    /** It was not handled: the next one to come is new. */
    void abandon(String id);
}
