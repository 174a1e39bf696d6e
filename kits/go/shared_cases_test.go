package imcallback

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strconv"
	"testing"
	"time"
)

// The cases that the tests of all kits share.
type testCases struct {
	Verify []struct {
		Name       string
		Scheme     Scheme
		Prefix     string
		Secrets    []string
		Headers    map[string]string
		BodyBase64 *string
		NowMs      int64
		Expected   string
	}
	Sign struct {
		AppKey, Timestamp, Nonce, Secret, Body, Signature string
	}
	Parse []struct {
		Name     string
		Headers  map[string]string
		Body     string
		Expected *struct {
			Kind, Format string
			Attempt      int
			BatchID      *string
			Callbacks    []struct {
				CallbackID, Event, Timestamp, AppKey, WebhookID, DeliveryID, DataText string
			}
		}
	}
}

func readJSON(t *testing.T, name string, value any) {
	t.Helper()
	text, err := os.ReadFile("../" + name)
	if err == nil {
		err = json.Unmarshal(text, value)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func cases(t *testing.T) (read testCases) {
	t.Helper()
	readJSON(t, "test-cases.json", &read)
	return read
}

func headersOf(values map[string]string) http.Header {
	headers := http.Header{}
	for name, value := range values {
		headers.Set(name, value)
	}
	return headers
}

// The one case without a body means 256 KiB of the letter x.
func bodyOf(t *testing.T, text *string) []byte {
	t.Helper()
	if text == nil {
		return bytes.Repeat([]byte("x"), 262_144)
	}
	body, err := base64.StdEncoding.DecodeString(*text)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func outcome(err error) string {
	var refused *Error
	if errors.As(err, &refused) {
		return string(refused.Code)
	}
	if err != nil {
		return err.Error()
	}
	return "ok"
}

func TestAcceptsWhatIsGenuineAndSaysWhyNot(t *testing.T) {
	for _, each := range cases(t).Verify {
		t.Run(each.Name, func(t *testing.T) {
			_, err := Verify(headersOf(each.Headers), bodyOf(t, each.BodyBase64), VerifyOptions{
				Secrets: each.Secrets,
				Scheme:  each.Scheme,
				Prefix:  each.Prefix,
				Now:     func() time.Time { return time.UnixMilli(each.NowMs) },
			})
			if outcome(err) != each.Expected {
				t.Errorf("got %v, want %s", err, each.Expected)
			}
		})
	}
}

func TestHasNoOpinionWithoutASecret(t *testing.T) {
	for _, secrets := range [][]string{nil, {}, {""}, {"a", ""}} {
		if _, err := Verify(http.Header{}, nil, VerifyOptions{Secrets: secrets}); !errors.Is(err, ErrNoSecret) {
			t.Errorf("%q: %v", secrets, err)
		}
	}
}

func TestTakesAnotherWindow(t *testing.T) {
	each := cases(t).Verify[0]
	for lateMs, expected := range map[int64]string{1_000: "ok", 1_001: "outside_window"} {
		_, err := Verify(headersOf(each.Headers), bodyOf(t, each.BodyBase64), VerifyOptions{
			Secrets: each.Secrets,
			Window:  time.Second,
			Now:     func() time.Time { return time.UnixMilli(each.NowMs + lateMs) },
		})
		if outcome(err) != expected {
			t.Errorf("%d ms late: %v", lateMs, err)
		}
	}
}

func TestSignsAsTheVectorsSay(t *testing.T) {
	each := cases(t).Sign
	ms, err := strconv.ParseInt(each.Timestamp, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	headers := http.Header{}
	if err := signRequestAt(headers, []byte(each.Body), each.AppKey, each.Secret, time.UnixMilli(ms), each.Nonce); err != nil {
		t.Fatal(err)
	}
	if headers.Get("X-App-Signature") != each.Signature {
		t.Error(headers)
	}
	if err := SignRequest(headers, nil, each.AppKey, ""); !errors.Is(err, ErrNoSecret) {
		t.Error(err)
	}
}

func TestReadsEveryFormat(t *testing.T) {
	for _, each := range cases(t).Parse {
		t.Run(each.Name, func(t *testing.T) {
			request, err := Parse(headersOf(each.Headers), []byte(each.Body))
			expected := each.Expected
			if expected == nil {
				if outcome(err) != "malformed_body" {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			isBatch := expected.BatchID != nil
			if request.Kind != expected.Kind || request.Format != expected.Format ||
				request.Attempt != expected.Attempt || request.IsBatch != isBatch ||
				isBatch && request.BatchID != *expected.BatchID {
				t.Errorf("got %+v", request)
			}
			if len(request.Callbacks) != len(expected.Callbacks) {
				t.Fatalf("got %d callbacks", len(request.Callbacks))
			}
			for index, wanted := range expected.Callbacks {
				got := request.Callbacks[index]
				// Byte for byte, so numbers are exact.
				if string(got.Data) != wanted.DataText {
					t.Errorf("got %s", got.Data)
				}
				expect(t, got, Callback{
					wanted.CallbackID, wanted.Event, wanted.Timestamp, wanted.AppKey, wanted.WebhookID,
					wanted.DeliveryID, got.Data,
				})
			}
		})
	}
}

func TestTakesAnythingAsRaw(t *testing.T) {
	headers := headersOf(map[string]string{
		"X-App-Format": "raw", "X-App-Callback-Id": "c1", "X-App-Event": "openim.x",
	})
	request, err := Parse(headers, []byte{0xff})
	if err != nil || string(request.Callbacks[0].Data) != "\xff" {
		t.Error(request, err)
	}
	if _, err := Parse(http.Header{}, []byte("\"\xff\"")); outcome(err) != "malformed_body" {
		t.Error(err)
	}
}

func TestDecodesTheExampleOfEveryEvent(t *testing.T) {
	var catalogue struct {
		Events []struct {
			Event   string
			Example json.RawMessage
		}
	}
	readJSON(t, "catalogue.json", &catalogue)
	for _, each := range catalogue.Events {
		t.Run(each.Event, func(t *testing.T) {
			payload, err := Callback{Event: each.Event, Data: each.Example}.Payload()
			if err != nil || payload == nil {
				t.Fatal(payload, err)
			}
			// Unknown fields would be missing here.
			text, err := json.Marshal(payload)
			if err != nil || !sameJSON(t, text, each.Example) {
				t.Errorf("%s %v", text, err)
			}
		})
	}
}

func sameJSON(t *testing.T, first, second []byte) bool {
	t.Helper()
	var texts []string
	for _, text := range [][]byte{first, second} {
		var value any
		if err := json.Unmarshal(text, &value); err != nil {
			t.Fatal(err)
		}
		sorted, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(sorted))
	}
	return texts[0] == texts[1]
}

func TestKeepsFieldsThatANewerServiceAdds(t *testing.T) {
	callback := Callback{
		Event: "message.sent",
		Data:  json.RawMessage(`{"messageId":"1","seq":9007199254740993,"added":{"big":12345678901234567890}}`),
	}
	payload, err := callback.Payload()
	message, isMessage := payload.(*ImMessage)
	if err != nil || !isMessage || message.MessageID != "1" || *message.Seq != 9007199254740993 ||
		string(message.Other["added"]) != `{"big":12345678901234567890}` || len(message.Other) != 1 {
		t.Errorf("%+v %v", payload, err)
	}
	if payload, err := (Callback{Event: "orders/create"}).Payload(); payload != nil || err != nil {
		t.Error(payload, err)
	}
}
