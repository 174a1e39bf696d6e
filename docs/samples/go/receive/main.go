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

	"example.com/imcallback/imsignature"
)

type envelope struct {
	CallbackID string          `json:"callbackId"`
	Event      string          `json:"event"`
	Data       json.RawMessage `json:"data"`
}

// handled: ids of callbacks that were handled; a database in production, kept longer than retries last.
var handled sync.Map

func callback(response http.ResponseWriter, request *http.Request) {
	// The bytes first: the signature is about them, not about the JSON.
	rawBody, err := io.ReadAll(http.MaxBytesReader(response, request.Body, 10<<20))
	if err != nil {
		http.Error(response, "unreadable", http.StatusBadRequest)
		return
	}
	if !imsignature.IsGenuine(os.Getenv("APP_SECRET"), request.Header, rawBody, time.Now()) {
		http.Error(response, "bad signature", http.StatusUnauthorized)
		return
	}
	var received envelope
	if err := json.Unmarshal(rawBody, &received); err != nil {
		http.Error(response, "no JSON", http.StatusBadRequest)
		return
	}
	if _, isKnown := handled.LoadOrStore(received.CallbackID, true); !isKnown {
		// Only remember it here: what takes long belongs in a queue of yours.
		log.Println(received.Event, string(received.Data))
	}
	response.WriteHeader(http.StatusNoContent)
}

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	http.HandleFunc("/callback", callback)
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
