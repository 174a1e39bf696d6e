/** Lists that are iterated over often, by short names: `for await (const app of client.apps.list())`. */
import type { RouteKey } from '@im/contracts/routes/route-types';
import type { FiltersOf, ItemOf, ListArguments, ListKey } from './call-types.js';

/** The part of the client that lists need. */
interface Lister {
  list: <K extends ListKey>(key: K, ...options: ListArguments<K>) => AsyncGenerator<ItemOf<K>, void>;
}

type InApp = Extract<ListKey & RouteKey, `GET /apps/{appKey}/${string}`>;

abstract class Lists {
  constructor(protected readonly client: Lister) {}

  protected ofApp<K extends InApp>(
    key: K,
    appKey: string,
    query: FiltersOf<K> | undefined,
  ): AsyncGenerator<ItemOf<K>, void> {
    const options = { params: { appKey }, ...(query && { query }) };
    return this.client.list(key, ...([options] as unknown as ListArguments<K>));
  }
}

export class AppLists extends Lists {
  list(query?: FiltersOf<'GET /apps'>) {
    return this.client.list('GET /apps', query ? { query } : {});
  }
}

export class EventTypeLists extends Lists {
  list(query?: FiltersOf<'GET /event-types'>) {
    return this.client.list('GET /event-types', query ? { query } : {});
  }
}

export class WebhookLists extends Lists {
  list(appKey: string, query?: FiltersOf<'GET /apps/{appKey}/webhooks'>) {
    return this.ofApp('GET /apps/{appKey}/webhooks', appKey, query);
  }
}

export class DeliveryLists extends Lists {
  list(appKey: string, query?: FiltersOf<'GET /apps/{appKey}/deliveries'>) {
    return this.ofApp('GET /apps/{appKey}/deliveries', appKey, query);
  }
}

export class EventLists extends Lists {
  list(appKey: string, query?: FiltersOf<'GET /apps/{appKey}/events'>) {
    return this.ofApp('GET /apps/{appKey}/events', appKey, query);
  }
}

export class AlertLists extends Lists {
  list(appKey: string, query?: FiltersOf<'GET /apps/{appKey}/alerts'>) {
    return this.ofApp('GET /apps/{appKey}/alerts', appKey, query);
  }
}

export class SourceLists extends Lists {
  list(appKey: string, query?: FiltersOf<'GET /apps/{appKey}/sources'>) {
    return this.ofApp('GET /apps/{appKey}/sources', appKey, query);
  }
}
