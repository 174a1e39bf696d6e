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

	"example.com/imcallback/imsignature"
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
		headers.Set("X-App-Key", fields[1])
		headers.Set("X-App-Timestamp", fields[2])
		headers.Set("X-App-Nonce", fields[3])
		headers.Set(fields[5], fields[6])
		nowMs, err := strconv.ParseInt(fields[7], 10, 64)
		if err != nil {
			log.Fatal(err)
		}
		isAccepted := imsignature.IsGenuine(fields[0], headers, body, time.UnixMilli(nowMs))
		fmt.Println(imsignature.Sign(fields[0], fields[1], fields[2], fields[3], body), isAccepted)
	}
}
