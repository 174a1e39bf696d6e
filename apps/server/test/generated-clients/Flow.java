// Creates an app and a webhook, sends an event and reads its delivery, by the generated client.
import java.util.Map;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.AppsApi;
import org.openapitools.client.api.DeliveriesApi;
import org.openapitools.client.api.EventsApi;
import org.openapitools.client.api.WebhooksApi;
import org.openapitools.client.model.CreateAppRequest;
import org.openapitools.client.model.CreateWebhookRequest;
import org.openapitools.client.model.SubmitEventRequest;

public class Flow {
  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(System.getenv("SERVER_URL"));
    String authorization = "Bearer " + System.getenv("TOKEN");
    client.setRequestInterceptor(request -> request.header("Authorization", authorization));

    AppsApi apps = new AppsApi(client);
    CreateAppRequest app = new CreateAppRequest().name("Java").packageName("com.example.java");
    var first = apps.createApp(app, "java-client").getData();
    var again = apps.createApp(app, "java-client").getData();
    String appKey = first.getAppKey();
    if (!again.getAppKey().equals(appKey) || again.getAppSecret() != null) {
      throw new IllegalStateException("the repeated request was not answered as the first one");
    }

    CreateWebhookRequest webhook = new CreateWebhookRequest().url(System.getenv("RECEIVER_URL"));
    new WebhooksApi(client).createWebhook(appKey, webhook, null);

    SubmitEventRequest event = new SubmitEventRequest().event(System.getenv("EVENT")).data(Map.of("n", 1));
    var submitted = new EventsApi(client).submitEvent(appKey, event, null).getData();
    if (submitted.getDeliveries() != 1) throw new IllegalStateException("the event has no delivery");

    DeliveriesApi deliveries = new DeliveriesApi(client);
    while (true) {
      var page = deliveries.listDeliveries(
          appKey, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null).getData();
      if (page.size() == 1 && page.get(0).getStatus().getValue().equals("success")) {
        String deliveryId = page.get(0).getDeliveryId();
        System.out.print(deliveries.getDelivery(appKey, deliveryId).getData().getStatus().getValue());
        return;
      }
      Thread.sleep(100);
    }
  }
}
