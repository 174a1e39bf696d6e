// Answers each question on stdin by the Go sample; it is run as a package next to the sample's.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"example.com/im-callback-samples/imsignature"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var fields []string
		for _, field := range strings.Split(lines.Text(), " ") {
			value, err := base64.StdEncoding.DecodeString(field[1:])
			if err != nil {
				log.Fatal(err)
			}
			fields = append(fields, string(value))
		}
		body := []byte(fields[4])
		headers := http.Header{}
		encoded := strings.Split(lines.Text(), " ")
		for field, name := range map[int]string{1: "X-App-Key", 2: "X-App-Timestamp", 3: "X-App-Nonce", 6: fields[5]} {
			if encoded[field] != "~" {
				headers.Set(name, fields[field])
			}
		}
		nowMs, err := strconv.ParseInt(fields[7], 10, 64)
		if err != nil {
			log.Fatal(err)
		}
		isAccepted := imsignature.IsGenuine(fields[0], headers, body, time.UnixMilli(nowMs))
		signature, err := imsignature.Sign(fields[0], fields[1], fields[2], fields[3], body)
		if err != nil {
			signature = "refused"
		}
		fmt.Println(signature, isAccepted)
	}
}
