package imcallback

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"time"
)

// DefaultMaxBodyBytes: a batch has at most 100 events of 256 KiB.
const DefaultMaxBodyBytes = 32 << 20

// keep is longer than a redelivery is likely to come.
const keep = 7 * 24 * time.Hour

// Options say what a receiver does.
type Options struct {
	VerifyOptions
	// OnEvent is called once for each event. What takes longer than the webhook's timeout belongs in your own queue. When
	// it fails, the answer is 500 and the event is retried.
	OnEvent func(ctx context.Context, callback Callback) error
	// OnBefore decides before an event happens. When it is nil, everything is allowed.
	OnBefore func(ctx context.Context, question Callback) (BeforeAnswer, error)
	// Handled is by callbackId; in memory when it is nil.
	Handled SeenStore
	// Nonces is by nonce, so that no request is accepted twice; in memory when it is nil.
	Nonces       SeenStore
	MaxBodyBytes int64
	// OnRefused is told of requests that are refused.
	OnRefused func(err *Error)
	// OnError is told of errors of the handlers and stores; log.Print when it is nil.
	OnError func(err error)
}

// Receiver is an http.Handler: verifies, parses, drops duplicates, calls the handlers, answers.
type Receiver struct {
	options Options
}

var errBusy = errors.New("imcallback: another request handles it at this moment")

// NewReceiver fails without a secret and without OnEvent.
func NewReceiver(options Options) (*Receiver, error) {
	var err error
	if options.VerifyOptions, err = options.VerifyOptions.withDefaults(); err != nil {
		return nil, err
	}
	if options.OnEvent == nil {
		return nil, errors.New("imcallback: there is no OnEvent")
	}
	if options.OnBefore == nil {
		options.OnBefore = func(context.Context, Callback) (BeforeAnswer, error) { return Allow(), nil }
	}
	if options.Handled == nil {
		options.Handled = NewMemorySeenStore(100_000, options.Now)
	}
	if options.Nonces == nil {
		options.Nonces = NewMemorySeenStore(100_000, options.Now)
	}
	if options.MaxBodyBytes == 0 {
		options.MaxBodyBytes = DefaultMaxBodyBytes
	}
	if options.OnRefused == nil {
		options.OnRefused = func(*Error) {}
	}
	if options.OnError == nil {
		options.OnError = func(err error) { log.Print(err) }
	}
	return &Receiver{options}, nil
}

func (receiver *Receiver) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	// The bytes first: the signature is about them, not about the JSON.
	rawBody, err := io.ReadAll(http.MaxBytesReader(response, request.Body, receiver.options.MaxBodyBytes))
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			response.WriteHeader(http.StatusRequestEntityTooLarge)
		} else {
			response.WriteHeader(http.StatusBadRequest)
		}
		return
	}
	answer, err := receiver.Handle(request.Context(), request.Header, rawBody)
	var refused *Error
	switch {
	case err == nil && answer == nil:
		response.WriteHeader(http.StatusNoContent)
	case err == nil:
		respond(response, http.StatusOK, answer)
	case errors.Is(err, errBusy):
		// The other one may still fail, so this one must not count as delivered.
		response.Header().Set("Retry-After", "1")
		respond(response, http.StatusServiceUnavailable, map[string]string{"error": "busy"})
	case errors.As(err, &refused):
		receiver.options.OnRefused(refused)
		respond(response, refused.Status(), map[string]string{"error": string(refused.Code)})
	default:
		receiver.options.OnError(err)
		respond(response, http.StatusInternalServerError, map[string]string{"error": "failed"})
	}
}

// Handle is for servers that are not of net/http: it returns the answer to a question, nil for events.
func (receiver *Receiver) Handle(ctx context.Context, headers http.Header, rawBody []byte) (*BeforeAnswer, error) {
	options := receiver.options
	verified, err := Verify(headers, rawBody, options.VerifyOptions)
	if err != nil {
		return nil, err
	}
	if verified.ReplayKey == "" {
		return receiver.handleBody(ctx, headers, rawBody)
	}
	seen, err := options.Nonces.Begin(ctx, verified.ReplayKey, 2*options.Window)
	if err != nil {
		return nil, err
	}
	switch seen {
	case SeenDone:
		return nil, &Error{Replayed, "the request was received before"}
	case SeenBusy:
		return nil, errBusy
	}
	isHandled := false
	defer func() {
		// A failed request may be repeated unchanged; also one that panicked.
		if !isHandled {
			receiver.note(options.Nonces.Abandon(context.WithoutCancel(ctx), verified.ReplayKey))
		}
	}()
	answer, err := receiver.handleBody(ctx, headers, rawBody)
	if err != nil {
		return nil, err
	}
	isHandled = true
	return answer, options.Nonces.Finish(context.WithoutCancel(ctx), verified.ReplayKey)
}

func (receiver *Receiver) handleBody(ctx context.Context, headers http.Header, rawBody []byte) (*BeforeAnswer, error) {
	request, err := Parse(headers, rawBody)
	if err != nil {
		return nil, err
	}
	if request.Kind == "before" {
		answer, err := receiver.options.OnBefore(ctx, request.Callbacks[0])
		return &answer, err
	}
	return nil, receiver.handleEvents(ctx, request.Callbacks)
}

func (receiver *Receiver) handleEvents(ctx context.Context, callbacks []Callback) error {
	handled := receiver.options.Handled
	isBegun := map[string]bool{}
	defer func() {
		for id := range isBegun {
			receiver.note(handled.Abandon(context.WithoutCancel(ctx), id))
		}
	}()
	var mine []Callback
	for _, callback := range callbacks {
		if isBegun[callback.CallbackID] {
			continue
		}
		seen, err := handled.Begin(ctx, callback.CallbackID, keep)
		if err != nil {
			return err
		}
		if seen == SeenBusy {
			return errBusy
		}
		if seen == SeenNew {
			isBegun[callback.CallbackID] = true
			mine = append(mine, callback)
		}
	}
	for _, callback := range mine {
		if err := receiver.options.OnEvent(ctx, callback); err != nil {
			return err
		}
		// It was handled, also for a service that has stopped waiting.
		if err := handled.Finish(context.WithoutCancel(ctx), callback.CallbackID); err != nil {
			return err
		}
		delete(isBegun, callback.CallbackID)
	}
	return nil
}

func (receiver *Receiver) note(err error) {
	if err != nil {
		receiver.options.OnError(err)
	}
}

func respond(response http.ResponseWriter, status int, body any) {
	response.Header().Set("Content-Type", "application/json")
	response.WriteHeader(status)
	// What cannot be written was given up by the service.
	_ = json.NewEncoder(response).Encode(body)
}
