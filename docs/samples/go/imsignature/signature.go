// Package imsignature signs a request and verifies a callback. Standard library only.
package imsignature

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"
	"time"
)

// window: a callback whose timestamp is further from our clock is refused: it may be an old one, sent again.
const window = 5 * time.Minute

// signatures: while a secret is rotated there is one for each of the two; the one of our secret has to fit.
var signatures = []string{"X-App-Signature", "X-App-Signature-Next", "X-App-Signature-Previous"}

// Sign takes the body as the bytes that are sent.
func Sign(secret, appKey, timestamp, nonce string, body []byte) (string, error) {
	if secret == "" {
		return "", errors.New("the secret is empty") // With an empty key anyone could sign.
	}
	bodyHash := sha256.Sum256(body)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(appKey + "\n" + timestamp + "\n" + nonce + "\n" + hex.EncodeToString(bodyHash[:])))
	return hex.EncodeToString(mac.Sum(nil)), nil
}

// IsGenuine takes the body as the bytes that were received, before anything parses them.
func IsGenuine(secret string, headers http.Header, rawBody []byte, now time.Time) bool {
	timestamp := headers.Get("X-App-Timestamp")
	sentMs, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || now.Sub(time.UnixMilli(sentMs)).Abs() > window {
		return false
	}
	expected, err := Sign(secret, headers.Get("X-App-Key"), timestamp, headers.Get("X-App-Nonce"), rawBody)
	if err != nil {
		return false
	}
	for _, name := range signatures {
		// Equal compares in constant time.
		if hmac.Equal([]byte(headers.Get(name)), []byte(expected)) {
			return true
		}
	}
	return false
}
