// Package imcallback receives the callbacks of IM Callback Console: it verifies the signature, parses the event, drops
// duplicates and answers. It needs the standard library only.
//
// A [Receiver] is an [net/http.Handler] that does all of it; [Verify], [Parse] and [SignRequest] are its parts.
package imcallback
