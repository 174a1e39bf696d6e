// Sends an event, signed with the AppSecret: APP_SECRET=… go run ./examples/send
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"

	imcallback "example.com/im-callback-kit"
)

// body: the bytes that are signed are the bytes that are sent.
const body = `{"id":"msg-1001","event":"message.sent","data":{"messageId":"1001",
"conversationId":"single:u1:u2","conversationType":"single","senderId":"u1","receiverId":"u2",
"contentType":"text","content":{"text":"你好"},"text":"你好","status":"normal",
"sentAt":"2026-11-21T08:00:00.000Z"}}`

func main() {
	appKey := orElse("APP_KEY", "ak_your_app_key")
	url := orElse("IM_URL", "https://im.example.com") + "/api/v1/apps/" + appKey + "/events"
	request, err := http.NewRequest(http.MethodPost, url, bytes.NewReader([]byte(body)))
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if err := imcallback.SignRequest(request.Header, []byte(body), appKey, os.Getenv("APP_SECRET")); err != nil {
		log.Fatal(err)
	}

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(response.StatusCode, string(answer))
}

func orElse(name, value string) string {
	if set := os.Getenv(name); set != "" {
		return set
	}
	return value
}
