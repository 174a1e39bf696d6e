// Sends an event, signed with the AppSecret: APP_SECRET=… go run ./send
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"time"

	"example.com/im-callback-samples/imsignature"
)

// body: the bytes that are signed are the bytes that are sent.
const body = `{"id":"msg-1001","event":"message.sent","data":{"messageId":"1001",
"conversationId":"single:u1:u2","conversationType":"single","senderId":"u1","receiverId":"u2",
"contentType":"text","content":{"text":"你好"},"text":"你好","status":"normal",
"sentAt":"2026-11-21T08:00:00.000Z"}}`

func main() {
	appKey := orElse("APP_KEY", "ak_your_app_key")
	secret := os.Getenv("APP_SECRET")
	if secret == "" {
		log.Fatal("APP_SECRET is not set")
	}
	timestamp := strconv.FormatInt(time.Now().UnixMilli(), 10)
	nonceBytes := make([]byte, 16)
	if _, err := rand.Read(nonceBytes); err != nil {
		log.Fatal(err)
	}
	nonce := hex.EncodeToString(nonceBytes)
	signature, err := imsignature.Sign(secret, appKey, timestamp, nonce, []byte(body))
	if err != nil {
		log.Fatal(err)
	}

	url := orElse("IM_URL", "https://im.example.com") + "/api/v1/apps/" + appKey + "/events"
	request, err := http.NewRequest(http.MethodPost, url, bytes.NewReader([]byte(body)))
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-App-Key", appKey)
	request.Header.Set("X-App-Timestamp", timestamp)
	request.Header.Set("X-App-Nonce", nonce)
	request.Header.Set("X-App-Signature", signature)

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
