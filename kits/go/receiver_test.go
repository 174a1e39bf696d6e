package imcallback

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"
)

const secret = "密钥-secret"

// handling notes what a receiver did.
type handling struct {
	handled  []string
	refused  []Code
	errors   int
	work     func(callback Callback) error
	receiver *Receiver
}

func handle(t *testing.T, change func(options *Options)) *handling {
	t.Helper()
	noted := &handling{work: func(Callback) error { return nil }}
	options := Options{
		VerifyOptions: VerifyOptions{Secrets: []string{secret}},
		OnEvent: func(_ context.Context, callback Callback) error {
			if err := noted.work(callback); err != nil {
				return err
			}
			noted.handled = append(noted.handled, callback.CallbackID)
			return nil
		},
		OnRefused: func(err *Error) { noted.refused = append(noted.refused, err.Code) },
		OnError:   func(error) { noted.errors++ },
	}
	if change != nil {
		change(&options)
	}
	var err error
	if noted.receiver, err = NewReceiver(options); err != nil {
		t.Fatal(err)
	}
	return noted
}

func (noted *handling) post(headers http.Header, body string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodPost, "/callback", strings.NewReader(body))
	request.Header = headers
	response := httptest.NewRecorder()
	noted.receiver.ServeHTTP(response, request)
	return response
}

func (noted *handling) send(body string, more ...string) int {
	return noted.post(signed(body, more...), body).Code
}

// signed has the headers of a callback; those of requests to the API are the same.
func signed(body string, more ...string) http.Header {
	headers := http.Header{}
	if err := SignRequest(headers, []byte(body), "ak_demo_0001", secret); err != nil {
		panic(err)
	}
	for index := 0; index < len(more); index += 2 {
		headers.Set(more[index], more[index+1])
	}
	return headers
}

func envelope(id string) string {
	return fmt.Sprintf(`{"callbackId":%q,"event":"message.sent","data":{}}`, id)
}

func batch(ids ...string) string {
	var entries []string
	for _, id := range ids {
		entries = append(entries, envelope(id))
	}
	return `{"batchId":"b1","events":[` + strings.Join(entries, ",") + `]}`
}

func expect(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestHandlesEachEventOnceAloneOrInBatches(t *testing.T) {
	noted := handle(t, nil)
	expect(t, []int{
		noted.send(envelope("c1")),
		noted.send(envelope("c1")),
		noted.send(batch("c1", "c2"), "X-App-Batch", "2"),
		noted.send(batch("c3", "c3", "c2"), "X-App-Batch", "3"),
	}, []int{204, 204, 204, 204})
	expect(t, noted.handled, []string{"c1", "c2", "c3"})
}

func TestRefusesTheSameRequestASecondTime(t *testing.T) {
	noted := handle(t, nil)
	body := envelope("c1")
	headers := signed(body)
	expect(t, []int{noted.post(headers, body).Code, noted.post(headers, body).Code}, []int{204, 401})
	expect(t, noted.refused, []Code{Replayed})
}

func TestRefusesWhatIsWrongAndHandlesNoneOfIt(t *testing.T) {
	noted := handle(t, func(options *Options) { options.MaxBodyBytes = 1_000 })
	body := envelope("c1")
	expect(t, []int{
		noted.post(signed(body), body+" ").Code,
		noted.post(http.Header{}, body).Code,
		noted.send("{}"),
		noted.send(strings.Repeat(" ", 1_001)),
	}, []int{401, 401, 400, 413})
	expect(t, noted.refused, []Code{WrongSignature, MissingHeader, MalformedBody})
	expect(t, len(noted.handled), 0)
}

func TestTakesAnEventAgainWhenItsHandlerFailedEvenAsTheSameRequest(t *testing.T) {
	noted := handle(t, nil)
	body := envelope("c1")
	headers := signed(body)
	noted.work = func(Callback) error { return errors.New("database away") }
	expect(t, noted.post(headers, body).Code, 500)
	noted.work = func(Callback) error { panic("a fault") }
	func() {
		defer func() { _ = recover() }()
		noted.post(headers, body)
	}()
	noted.work = func(Callback) error { return nil }
	expect(t, noted.post(headers, body).Code, 204)
	expect(t, noted.handled, []string{"c1"})
	expect(t, noted.errors, 1)
}

func TestRemembersWhatItHandledOfABatchThatFailedLater(t *testing.T) {
	noted := handle(t, nil)
	noted.work = func(callback Callback) error {
		if callback.CallbackID == "c2" {
			return errors.New("database away")
		}
		return nil
	}
	expect(t, noted.send(batch("c1", "c2"), "X-App-Batch", "2"), 500)
	noted.work = func(Callback) error { return nil }
	expect(t, noted.send(batch("c1", "c2"), "X-App-Batch", "2"), 204)
	expect(t, noted.handled, []string{"c1", "c2"})
}

// storeOfContext does nothing for a request that was given up, as a database would.
type storeOfContext struct{ *MemorySeenStore }

func (store storeOfContext) Finish(ctx context.Context, id string) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return store.MemorySeenStore.Finish(ctx, id)
}

func TestRemembersWhatItHandledForAServiceThatStoppedWaiting(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	noted := handle(t, func(options *Options) {
		options.Handled = storeOfContext{NewMemorySeenStore(10, nil)}
		options.Nonces = storeOfContext{NewMemorySeenStore(10, nil)}
	})
	noted.work = func(Callback) error {
		cancel()
		return nil
	}
	body := envelope("c1")
	_, err := noted.receiver.Handle(ctx, signed(body), []byte(body))
	expect(t, err, nil)
	expect(t, noted.send(body), 204)
	expect(t, noted.handled, []string{"c1"})
}

func TestDoesNotCallAnEventDeliveredWhileAnotherRequestStillHandlesIt(t *testing.T) {
	noted := handle(t, nil)
	started, done, status := make(chan bool), make(chan bool), make(chan int)
	noted.work = func(Callback) error {
		started <- true
		<-done
		return nil
	}
	go func() { status <- noted.send(envelope("c1")) }()
	<-started
	expect(t, noted.send(envelope("c1")), 503)
	done <- true
	expect(t, <-status, 204)
	expect(t, noted.send(envelope("c1")), 204)
	expect(t, noted.handled, []string{"c1"})
}

func TestIsNotMadeWithoutASecret(t *testing.T) {
	onEvent := func(context.Context, Callback) error { return nil }
	for _, secrets := range [][]string{nil, {""}, {secret, ""}} {
		_, err := NewReceiver(Options{VerifyOptions: VerifyOptions{Secrets: secrets}, OnEvent: onEvent})
		expect(t, errors.Is(err, ErrNoSecret), true)
	}
}

func TestAnswersAQuestionBeforeAnEvent(t *testing.T) {
	body := envelope("c1")
	big := map[string]any{"id": json.Number("9007199254740993")}
	for text, answer := range map[string]BeforeAnswer{
		`{"decision":"allow"}`:                                    Allow(),
		`{"decision":"deny","code":5001,"reason":"不行"}`:           Deny(5001, "不行"),
		`{"decision":"modify","changes":{"id":9007199254740993}}`: Modify(big),
	} {
		noted := handle(t, func(options *Options) {
			options.OnBefore = func(context.Context, Callback) (BeforeAnswer, error) { return answer, nil }
		})
		response := noted.post(signed(body, "X-App-Kind", "before"), body)
		expect(t, response.Code, 200)
		expect(t, strings.TrimSpace(response.Body.String()), text)
		expect(t, len(noted.handled), 0)
	}
	response := handle(t, nil).post(signed(body, "X-App-Kind", "before"), body)
	expect(t, strings.TrimSpace(response.Body.String()), `{"decision":"allow"}`)
}

func TestForgetsTheOldestAndWhatIsOver(t *testing.T) {
	ctx := context.Background()
	now := time.UnixMilli(0)
	store := NewMemorySeenStore(2, func() time.Time { return now })
	begin := func(id string) Seen {
		seen, err := store.Begin(ctx, id, time.Second)
		if err != nil {
			t.Fatal(err)
		}
		return seen
	}
	for _, id := range []string{"a", "b", "c"} {
		begin(id)
		expect(t, store.Finish(ctx, id), nil)
	}
	expect(t, []Seen{begin("b"), begin("c"), begin("a")}, []Seen{SeenDone, SeenDone, SeenNew})
	now = now.Add(time.Second)
	expect(t, begin("c"), SeenNew)
}
