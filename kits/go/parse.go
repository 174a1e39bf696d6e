package imcallback

import (
	"encoding/json"
	"net/http"
	"strconv"
	"unicode/utf8"
)

// Callback is an event for a webhook.
type Callback struct {
	// CallbackID is the same in every retry and redelivery: drop duplicates by it.
	CallbackID string
	Event      string
	// Timestamp is when the event happened, ISO 8601 UTC; empty where the format does not say (raw).
	Timestamp string
	AppKey    string
	WebhookID string
	// DeliveryID is new in a redelivery; empty where the format does not say.
	DeliveryID string
	// Data is the payload as it came, byte for byte. It is JSON unless the format is raw.
	Data json.RawMessage
}

// Payload decodes the data of a built-in event, to a pointer such as *ImMessage. It is nil for any other event.
func (callback Callback) Payload() (any, error) {
	payload := newPayload(callback.Event)
	if payload == nil {
		return nil, nil
	}
	return payload, json.Unmarshal(callback.Data, payload)
}

// Request is a request and what it carries.
type Request struct {
	// Kind is event, test, redelivery, or before for a question.
	Kind   string
	Format string
	// Attempt counts from 1.
	Attempt int
	// IsBatch: otherwise there is exactly one callback.
	IsBatch bool
	BatchID string
	// Callbacks are in order.
	Callbacks []Callback
}

type fields map[string]json.RawMessage

// Parse returns an *Error with MalformedBody when it cannot be read.
func Parse(headers http.Header, rawBody []byte) (Request, error) {
	request := Request{
		Kind:    orElse(headers.Get("X-App-Kind"), "event"),
		Format:  orElse(headers.Get("X-App-Format"), "im"),
		Attempt: 1,
		IsBatch: headers.Get("X-App-Batch") != "",
	}
	if attempt, err := strconv.Atoi(headers.Get("X-App-Attempt")); err == nil {
		request.Attempt = attempt
	}
	if request.Format == "raw" {
		callback, err := checked(rawCallback(headers, rawBody))
		request.Callbacks = []Callback{callback}
		return request, err
	}
	if !utf8.Valid(rawBody) || !json.Valid(rawBody) {
		return request, malformedBody("the body is not JSON")
	}
	entries := []json.RawMessage{rawBody}
	if request.IsBatch {
		request.BatchID = headers.Get("X-App-Batch-Id")
		var err error
		if entries, err = entriesOf(rawBody); err != nil {
			return request, err
		}
	}
	for _, entry := range entries {
		callback, err := readEntry(request.Format, headers, entry)
		if err != nil {
			return request, err
		}
		request.Callbacks = append(request.Callbacks, callback)
	}
	return request, nil
}

func entriesOf(body []byte) ([]json.RawMessage, error) {
	var entries []json.RawMessage
	if json.Unmarshal(body, &entries) == nil && entries != nil {
		return entries, nil
	}
	var envelope fields
	if json.Unmarshal(body, &envelope) == nil && json.Unmarshal(envelope["events"], &entries) == nil && entries != nil {
		return entries, nil
	}
	return nil, malformedBody("the batch has no list of events")
}

func readEntry(format string, headers http.Header, text json.RawMessage) (Callback, error) {
	var entry fields
	if err := json.Unmarshal(text, &entry); err != nil || entry == nil {
		return Callback{}, malformedBody("it is no object")
	}
	callback := Callback{
		Timestamp: entry.text("timestamp"),
		AppKey:    headers.Get("X-App-Key"),
		WebhookID: headers.Get("X-App-Webhook-Id"),
		Data:      entry["data"],
	}
	switch format {
	case "im":
		callback.CallbackID, callback.Event = entry.text("callbackId"), entry.text("event")
		callback.AppKey = orElse(entry.text("appKey"), callback.AppKey)
		callback.WebhookID = orElse(entry.text("webhookId"), callback.WebhookID)
		callback.DeliveryID = entry.text("deliveryId")
	case "standard-webhooks":
		callback.CallbackID = orElse(entry.text("id"), headers.Get("X-App-Callback-Id"))
		callback.Event = entry.text("type")
		callback.DeliveryID = headers.Get("X-App-Delivery-Id")
	case "cloudevents":
		callback.CallbackID, callback.Event = entry.text("id"), entry.text("type")
		callback.Timestamp = entry.text("time")
		callback.AppKey = orElse(entry.text("appkey"), callback.AppKey)
		callback.WebhookID = orElse(entry.text("webhookid"), callback.WebhookID)
		callback.DeliveryID = entry.text("deliveryid")
	case "flat":
		// An entry of a batch names no callbackId; its delivery's id is the same in every retry.
		callback.DeliveryID = entry.text("delivery_id")
		callback.CallbackID = orElse(headers.Get("X-App-Callback-Id"), callback.DeliveryID)
		callback.Event = entry.text("event")
		callback.WebhookID = orElse(entry.text("webhook_id"), callback.WebhookID)
	default:
		return callback, malformedBody("the format " + format + " is not known")
	}
	return checked(callback)
}

func rawCallback(headers http.Header, rawBody []byte) Callback {
	return Callback{
		CallbackID: headers.Get("X-App-Callback-Id"),
		Event:      headers.Get("X-App-Event"),
		AppKey:     headers.Get("X-App-Key"),
		WebhookID:  headers.Get("X-App-Webhook-Id"),
		DeliveryID: headers.Get("X-App-Delivery-Id"),
		Data:       rawBody,
	}
}

func checked(callback Callback) (Callback, error) {
	if callback.CallbackID == "" {
		return callback, malformedBody("there is no callbackId")
	}
	if callback.Event == "" {
		return callback, malformedBody("there is no event")
	}
	return callback, nil
}

// text is empty for anything but a text.
func (entry fields) text(name string) string {
	var text string
	if json.Unmarshal(entry[name], &text) != nil {
		return ""
	}
	return text
}

// otherFields returns those that are not known; nil when there are none.
func otherFields(text []byte, known ...string) (map[string]json.RawMessage, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	for _, name := range known {
		delete(all, name)
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, nil
}

func malformedBody(message string) *Error {
	return &Error{MalformedBody, message}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
