// Receives callbacks with net/http: APP_SECRET=… go run ./examples/receive
package main

import (
	"context"
	"log"
	"net/http"
	"os"

	imcallback "example.com/im-callback-kit"
)

// onEvent is called once for each event; what takes long belongs in your own queue.
func onEvent(_ context.Context, callback imcallback.Callback) error {
	payload, err := callback.Payload()
	if err != nil {
		return err
	}
	if message, isMessage := payload.(*imcallback.ImMessage); isMessage {
		log.Println(callback.CallbackID, message.SenderID, message.Text)
	} else {
		log.Println(callback.CallbackID, callback.Event, string(callback.Data))
	}
	return nil
}

func main() {
	// While a secret is rotated, both: the old and the new one.
	secrets := []string{os.Getenv("APP_SECRET")}
	if next, isSet := os.LookupEnv("NEXT_APP_SECRET"); isSet {
		secrets = append(secrets, next)
	}
	receiver, err := imcallback.NewReceiver(imcallback.Options{
		VerifyOptions: imcallback.VerifyOptions{Secrets: secrets},
		OnEvent:       onEvent,
	})
	if err != nil {
		log.Fatal(err)
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	http.Handle("/callback", receiver)
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
