// Creates an app and a webhook, sends an event and reads its delivery, by the generated client.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"time"
)

func main() {
	ctx := context.Background()
	authorize := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+os.Getenv("TOKEN"))
		return nil
	}
	client, err := NewClientWithResponses(os.Getenv("SERVER_URL"), WithRequestEditorFn(authorize))
	check(err)
	key := "go-client"
	params := &CreateAppParams{IdempotencyKey: &key}
	app := CreateAppRequest{Name: "Go", PackageName: "com.example.go"}
	first, err := client.CreateAppWithResponse(ctx, params, app)
	check(err)
	again, err := client.CreateAppWithResponse(ctx, params, app)
	check(err)
	appKey := first.JSON201.Data.AppKey
	if again.JSON201.Data.AppKey != appKey || again.JSON201.Data.AppSecret != nil {
		panic("the repeated request was not answered as the first one")
	}
	_, err = client.CreateWebhookWithResponse(ctx, appKey, nil, CreateWebhookRequest{Url: os.Getenv("RECEIVER_URL")})
	check(err)
	event := SubmitEventRequest{Event: os.Getenv("EVENT"), Data: map[string]interface{}{"n": 1}}
	submitted, err := client.SubmitEventWithResponse(ctx, appKey, nil, event)
	check(err)
	if submitted.JSON202.Data.Deliveries != 1 {
		panic("the event has no delivery")
	}
	for {
		page, err := client.ListDeliveriesWithResponse(ctx, appKey, nil)
		check(err)
		if len(page.JSON200.Data) == 1 && page.JSON200.Data[0].Status == "success" {
			detail, err := client.GetDeliveryWithResponse(ctx, appKey, page.JSON200.Data[0].DeliveryId)
			check(err)
			fmt.Print(detail.JSON200.Data.Status)
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
