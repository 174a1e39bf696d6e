package imcallback

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// DefaultWindow is how far a timestamp may be from our clock.
const DefaultWindow = 5 * time.Minute

// Scheme is how a webhook signs. XApp fits every webhook; the others are for webhooks with that signature.
type Scheme string

const (
	XApp             Scheme = "x-app"
	StandardWebhooks Scheme = "standard-webhooks"
	BodyHMAC         Scheme = "body-hmac"
)

// VerifyOptions say how requests are verified.
type VerifyOptions struct {
	// Secrets has the secret, or both while it is rotated: the old and the new one, in any order.
	Secrets []string
	// Scheme is XApp when it is empty.
	Scheme Scheme
	// Prefix is how the headers of BodyHMAC begin: X-App when it is empty.
	Prefix string
	// Window is DefaultWindow when it is 0.
	Window time.Duration
	// Now is the clock: time.Now when it is nil.
	Now func() time.Time
}

// Verified holds the details of a verified request.
type Verified struct {
	// SecretIndex is that of the secret that fits.
	SecretIndex int
	// ReplayKey identifies a repeated request. It is empty where the scheme has none (BodyHMAC).
	ReplayKey string
}

// ErrNoSecret is returned without a secret, or with an empty one: anyone could sign with it.
var ErrNoSecret = errors.New("imcallback: the secret is empty")

type check struct {
	// timeMs is negative where the request does not say.
	timeMs    int64
	replayKey string
	given     []string
	expected  func(secret string) string
}

var (
	nonceForm     = regexp.MustCompile(`^[0-9a-f]{32}$`)
	timeForm      = regexp.MustCompile(`^[0-9]{1,15}$`)
	signatureForm = regexp.MustCompile(`^[0-9a-f]{64}$`)
	bodyHMACForm  = regexp.MustCompile(`^sha256=[0-9a-f]{64}$`)
)

// Verify takes the body as the bytes that were received, before anything parses them. It returns an *Error for a request
// that is not genuine.
func Verify(headers http.Header, rawBody []byte, options VerifyOptions) (Verified, error) {
	options, err := options.withDefaults()
	if err != nil {
		return Verified{}, err
	}
	found, err := options.check(headers, rawBody)
	if err != nil {
		return Verified{}, err
	}
	if found.timeMs >= 0 && options.Now().Sub(time.UnixMilli(found.timeMs)).Abs() > options.Window {
		return Verified{}, &Error{OutsideWindow, "the timestamp is too far from our clock"}
	}
	for index, secret := range options.Secrets {
		expected := []byte(found.expected(secret))
		for _, given := range found.given {
			// Equal compares in constant time.
			if hmac.Equal([]byte(given), expected) {
				return Verified{SecretIndex: index, ReplayKey: found.replayKey}, nil
			}
		}
	}
	return Verified{}, &Error{WrongSignature, "the signature does not fit"}
}

func (options VerifyOptions) withDefaults() (VerifyOptions, error) {
	if len(options.Secrets) == 0 {
		return options, ErrNoSecret
	}
	for _, secret := range options.Secrets {
		if secret == "" {
			return options, ErrNoSecret
		}
	}
	if options.Scheme == "" {
		options.Scheme = XApp
	}
	if options.Prefix == "" {
		options.Prefix = "X-App"
	}
	if options.Window == 0 {
		options.Window = DefaultWindow
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	return options, nil
}

func (options VerifyOptions) check(headers http.Header, rawBody []byte) (check, error) {
	switch options.Scheme {
	case XApp:
		return checkXApp(headers, rawBody)
	case StandardWebhooks:
		return checkStandardWebhooks(headers, rawBody)
	case BodyHMAC:
		return checkBodyHMAC(headers, rawBody, options.Prefix)
	}
	return check{}, errors.New("imcallback: there is no scheme " + string(options.Scheme))
}

func checkXApp(headers http.Header, rawBody []byte) (check, error) {
	names := []string{"X-App-Key", "X-App-Timestamp", "X-App-Nonce"}
	values, err := required(headers, names...)
	if err != nil {
		return check{}, err
	}
	appKey, timestamp, nonce := values[0], values[1], values[2]
	if !nonceForm.MatchString(nonce) {
		return check{}, malformedHeader("X-App-Nonce")
	}
	given, err := signatures(headers, "X-App-Signature", signatureForm)
	if err != nil {
		return check{}, err
	}
	timeMs, err := timeOf(timestamp, "X-App-Timestamp")
	expected := func(secret string) string { return signatureOf(secret, appKey, timestamp, nonce, rawBody) }
	return check{timeMs, appKey + ":" + nonce, given, expected}, err
}

func checkStandardWebhooks(headers http.Header, rawBody []byte) (check, error) {
	values, err := required(headers, "webhook-id", "webhook-timestamp", "webhook-signature")
	if err != nil {
		return check{}, err
	}
	id, timestamp := values[0], values[1]
	seconds, err := timeOf(timestamp, "webhook-timestamp")
	expected := func(secret string) string {
		mac := hmac.New(sha256.New, standardWebhooksKey(secret))
		mac.Write([]byte(id + "." + timestamp + "."))
		mac.Write(rawBody)
		return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	return check{seconds * 1000, id + ":" + timestamp, strings.Split(values[2], " "), expected}, err
}

func checkBodyHMAC(headers http.Header, rawBody []byte, prefix string) (check, error) {
	given, err := signatures(headers, prefix+"-Signature-256", bodyHMACForm)
	if err != nil {
		return check{}, err
	}
	// It is not signed, so it only catches delayed requests, not forged ones; duplicates are dropped by callbackId.
	timeMs := int64(-1)
	if timestamp := headers.Get(prefix + "-Timestamp"); timestamp != "" {
		if timeMs, err = timeOf(timestamp, prefix+"-Timestamp"); err != nil {
			return check{}, err
		}
	}
	expected := func(secret string) string {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(rawBody)
		return "sha256=" + hex.EncodeToString(mac.Sum(nil))
	}
	return check{timeMs, "", given, expected}, nil
}

// signatureOf is the scheme XApp: HMAC-SHA256 of AppKey, timestamp, nonce and the hash of the body.
func signatureOf(secret, appKey, timestamp, nonce string, body []byte) string {
	bodyHash := sha256.Sum256(body)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(strings.Join([]string{appKey, timestamp, nonce, hex.EncodeToString(bodyHash[:])}, "\n")))
	return hex.EncodeToString(mac.Sum(nil))
}

// SignRequest sets the headers of a request to the API, whose body is sent byte for byte.
func SignRequest(headers http.Header, body []byte, appKey, appSecret string) error {
	nonce := make([]byte, 16)
	if _, err := rand.Read(nonce); err != nil {
		return err
	}
	return signRequestAt(headers, body, appKey, appSecret, time.Now(), hex.EncodeToString(nonce))
}

func signRequestAt(headers http.Header, body []byte, appKey, appSecret string, now time.Time, nonce string) error {
	if appSecret == "" {
		return ErrNoSecret
	}
	timestamp := strconv.FormatInt(now.UnixMilli(), 10)
	headers.Set("X-App-Key", appKey)
	headers.Set("X-App-Timestamp", timestamp)
	headers.Set("X-App-Nonce", nonce)
	headers.Set("X-App-Signature", signatureOf(appSecret, appKey, timestamp, nonce, body))
	return nil
}

func required(headers http.Header, names ...string) ([]string, error) {
	values := make([]string, 0, len(names))
	for _, name := range names {
		value := headers.Get(name)
		if value == "" {
			return nil, &Error{MissingHeader, name + " is missing"}
		}
		values = append(values, value)
	}
	return values, nil
}

func malformedHeader(name string) *Error {
	return &Error{MalformedHeader, name + " has another form"}
}

func timeOf(timestamp, name string) (int64, error) {
	if !timeForm.MatchString(timestamp) {
		return 0, malformedHeader(name)
	}
	return strconv.ParseInt(timestamp, 10, 64)
}

// signatures: while a secret is rotated there is one for each of the two.
func signatures(headers http.Header, name string, form *regexp.Regexp) ([]string, error) {
	if _, err := required(headers, name); err != nil {
		return nil, err
	}
	var given []string
	for _, each := range []string{name, name + "-Next", name + "-Previous"} {
		if value := headers.Get(each); form.MatchString(value) {
			given = append(given, value)
		}
	}
	if given == nil {
		return nil, malformedHeader(name)
	}
	return given, nil
}

// standardWebhooksKey: of whsec_… the decoded bytes, of any other secret its UTF-8 bytes.
func standardWebhooksKey(secret string) []byte {
	if encoded, isEncoded := strings.CutPrefix(secret, "whsec_"); isEncoded && encoded != "" {
		if key, err := base64.StdEncoding.DecodeString(encoded); err == nil {
			return key
		}
	}
	return []byte(secret)
}
