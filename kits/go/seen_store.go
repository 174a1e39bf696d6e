package imcallback

import (
	"container/list"
	"context"
	"sync"
	"time"
)

// Seen is what a SeenStore knows of an id.
type Seen int

const (
	// SeenNew is not handled yet.
	SeenNew Seen = iota
	// SeenBusy is being handled by another request.
	SeenBusy
	// SeenDone was handled.
	SeenDone
)

// SeenStore remembers what was handled. Implement it on a database or Redis where several processes receive, or a
// restart must not forget.
type SeenStore interface {
	// Begin takes an id, atomically. An id that stays busy because its process died should become free again after
	// some minutes.
	Begin(ctx context.Context, id string, keep time.Duration) (Seen, error)
	// Finish: it was handled.
	Finish(ctx context.Context, id string) error
	// Abandon: it was not handled, and the next one to come is new.
	Abandon(ctx context.Context, id string) error
}

// MemorySeenStore is for one process.
type MemorySeenStore struct {
	maxIDs  int
	now     func() time.Time
	mutex   sync.Mutex
	entries map[string]*list.Element
	// oldest has the entries in the order in which they came.
	oldest *list.List
}

type seenEntry struct {
	id     string
	isDone bool
	until  time.Time
}

// NewMemorySeenStore forgets the oldest beyond maxIDs. The clock is time.Now when it is nil.
func NewMemorySeenStore(maxIDs int, now func() time.Time) *MemorySeenStore {
	if now == nil {
		now = time.Now
	}
	return &MemorySeenStore{maxIDs: maxIDs, now: now, entries: map[string]*list.Element{}, oldest: list.New()}
}

func (store *MemorySeenStore) Begin(_ context.Context, id string, keep time.Duration) (Seen, error) {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	if element, isKnown := store.entries[id]; isKnown {
		entry := element.Value.(*seenEntry)
		if entry.until.After(store.now()) {
			if entry.isDone {
				return SeenDone, nil
			}
			return SeenBusy, nil
		}
		store.remove(id)
	}
	store.entries[id] = store.oldest.PushBack(&seenEntry{id: id, until: store.now().Add(keep)})
	for len(store.entries) > store.maxIDs {
		store.remove(store.oldest.Front().Value.(*seenEntry).id)
	}
	return SeenNew, nil
}

func (store *MemorySeenStore) Finish(_ context.Context, id string) error {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	if element, isKnown := store.entries[id]; isKnown {
		element.Value.(*seenEntry).isDone = true
	}
	return nil
}

func (store *MemorySeenStore) Abandon(_ context.Context, id string) error {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	store.remove(id)
	return nil
}

func (store *MemorySeenStore) remove(id string) {
	if element, isKnown := store.entries[id]; isKnown {
		store.oldest.Remove(element)
		delete(store.entries, id)
	}
}
