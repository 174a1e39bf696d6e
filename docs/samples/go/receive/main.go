// Receives callbacks with net/http: APP_SECRET=… go run ./receive
package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"sync"
	"time"

	"example.com/im-callback-samples/imsignature"
)

type envelope struct {
	CallbackID string          `json:"callbackId"`
	Event      string          `json:"event"`
	Data       json.RawMessage `json:"data"`
}

// payload: a webhook with batches gets {"batchId":…,"events":[…]}.
type payload struct {
	envelope
	Events []envelope `json:"events"`
}

var secret = os.Getenv("APP_SECRET")

// handled: ids of callbacks that were handled; a database in production, kept longer than retries last.
var handled sync.Map

func callback(response http.ResponseWriter, request *http.Request) {
	// The bytes first: the signature is about them, not about the JSON.
	rawBody, err := io.ReadAll(http.MaxBytesReader(response, request.Body, 10<<20))
	if err != nil {
		http.Error(response, "unreadable", http.StatusBadRequest)
		return
	}
	if !imsignature.IsGenuine(secret, request.Header, rawBody, time.Now()) {
		http.Error(response, "bad signature", http.StatusUnauthorized)
		return
	}
	var received payload
	if err := json.Unmarshal(rawBody, &received); err != nil {
		http.Error(response, "no JSON", http.StatusBadRequest)
		return
	}
	entries := received.Events
	if entries == nil {
		entries = []envelope{received.envelope}
	}
	for _, entry := range entries {
		if entry.CallbackID == "" {
			http.Error(response, "no callbackId", http.StatusBadRequest)
			return
		}
	}
	for _, entry := range entries {
		if _, isKnown := handled.LoadOrStore(entry.CallbackID, true); !isKnown {
			// Only remember it here: what takes long belongs in your own queue.
			log.Println(entry.CallbackID, entry.Event, string(entry.Data))
		}
	}
	response.WriteHeader(http.StatusNoContent)
}

func main() {
	if secret == "" {
		log.Fatal("APP_SECRET is not set")
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	http.HandleFunc("/callback", callback)
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
