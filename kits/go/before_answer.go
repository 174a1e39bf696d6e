package imcallback

// BeforeAnswer answers a question before an event. See Allow, Deny and Modify.
type BeforeAnswer struct {
	Decision string `json:"decision"`
	// Code is for the one who asked; IM servers have ranges of their own. 0 is none.
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
