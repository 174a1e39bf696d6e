package imcallback

// BeforeAnswer answers a question before an event. See Allow, Deny and Modify.
type BeforeAnswer struct {
	Decision string `json:"decision"`
	// Code is for the IM server; each has its own range of codes. 0 means no code.
	Code int64 `json:"code,omitempty"`
	// Reason is for people, at most 500 characters.
	Reason string `json:"reason,omitempty"`
	// Changes has new values by the field names of the event's data.
	Changes map[string]any `json:"changes,omitempty"`
}

// Allow lets the event happen.
func Allow() BeforeAnswer {
	return BeforeAnswer{Decision: "allow"}
}

// Deny prevents the event.
func Deny(code int64, reason string) BeforeAnswer {
	return BeforeAnswer{Decision: "deny", Code: code, Reason: reason}
}

// Modify lets the event happen with other values. Numbers that a double cannot hold are json.Number or json.RawMessage.
func Modify(changes map[string]any) BeforeAnswer {
	return BeforeAnswer{Decision: "modify", Changes: changes}
}
