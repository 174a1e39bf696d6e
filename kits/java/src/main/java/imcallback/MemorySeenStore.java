package imcallback;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** In memory, for one process; beyond {@code maxIds} the oldest are forgotten. */
public final class MemorySeenStore implements SeenStore {
    private record Entry(boolean isDone, long untilMs) {}

    private final int maxIds;
    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    public MemorySeenStore(int maxIds, Clock clock) {
        this.maxIds = maxIds;
        this.clock = clock;
    }

    @Override
    public synchronized Seen begin(String id, Duration keep) {
        Entry entry = entries.get(id);
        if (entry != null && entry.untilMs() > clock.millis()) {
            return entry.isDone() ? Seen.DONE : Seen.BUSY;
        }
        entries.remove(id);
        entries.put(id, new Entry(false, clock.millis() + keep.toMillis()));
        Iterator<String> oldest = entries.keySet().iterator();
        while (entries.size() > maxIds) {
            oldest.next();
            oldest.remove();
        }
        return Seen.NEW;
    }

    @Override
    public synchronized void finish(String id) {
        entries.computeIfPresent(id, (key, entry) -> new Entry(true, entry.untilMs()));
    }

    @Override
    public synchronized void abandon(String id) {
        entries.remove(id);
    }
}
