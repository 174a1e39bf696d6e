package imcallback

// Code says why a request is refused.
type Code string

const (
	MissingHeader   Code = "missing_header"
	MalformedHeader Code = "malformed_header"
	OutsideWindow   Code = "outside_window"
	WrongSignature  Code = "wrong_signature"
	Replayed        Code = "replayed"
	MalformedBody   Code = "malformed_body"
)

// Error is of a request that is not handled.
type Error struct {
	Code    Code
	Message string
}

func (err *Error) Error() string {
	return string(err.Code) + ": " + err.Message
}

// Status is what to answer.
func (err *Error) Status() int {
	if err.Code == MalformedBody {
		return 400
	}
	return 401
}
