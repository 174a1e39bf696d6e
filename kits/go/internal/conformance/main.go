// Receives with every scheme, for the test against the running service.
//
// Secrets: SECRETS, the old and the new one as JSON. Paths: /<old|new|both>/<scheme>. Prints a line for each event.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"

	imcallback "example.com/im-callback-kit"
)

type data struct {
	Text  string
	Extra struct{ Big json.RawMessage }
}

func dataOf(callback imcallback.Callback) (read data, err error) {
	err = json.Unmarshal(callback.Data, &read)
	return read, err
}

func onEvent(_ context.Context, callback imcallback.Callback) error {
	read, err := dataOf(callback)
	if err == nil {
		fmt.Printf("handled %s %s %s\n", callback.CallbackID, callback.Event, read.Extra.Big)
	}
	return err
}

func onBefore(_ context.Context, question imcallback.Callback) (imcallback.BeforeAnswer, error) {
	read, err := dataOf(question)
	switch read.Text {
	case "deny":
		return imcallback.Deny(5001, "不行"), err
	case "modify":
		extra := map[string]any{"big": read.Extra.Big}
		return imcallback.Modify(map[string]any{"text": "mild", "extra": extra}), err
	}
	return imcallback.Allow(), err
}

func main() {
	var secrets []string
	if err := json.Unmarshal([]byte(os.Getenv("SECRETS")), &secrets); err != nil {
		log.Fatal(err)
	}
	for keys, secrets := range map[string][]string{"old": secrets[:1], "new": secrets[1:], "both": secrets} {
		for _, scheme := range []imcallback.Scheme{imcallback.XApp, imcallback.StandardWebhooks, imcallback.BodyHMAC} {
			receiver, err := imcallback.NewReceiver(imcallback.Options{
				VerifyOptions: imcallback.VerifyOptions{Secrets: secrets, Scheme: scheme},
				OnEvent:       onEvent,
				OnBefore:      onBefore,
			})
			if err != nil {
				log.Fatal(err)
			}
			http.Handle("/"+keys+"/"+string(scheme), receiver)
		}
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
