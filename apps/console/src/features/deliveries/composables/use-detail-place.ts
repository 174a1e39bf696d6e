/** Keeps in the URL what is shown of an open delivery, so that a link shows the same. */
import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { detailQuery, readDetailPlace, type DetailPlace } from '../model/detail-place.js';

/** @param deliveryId undefined: a drawer that closes keeps what it shows until it is out of sight */
export function useDetailPlace(deliveryId: () => string | undefined): {
  place: ComputedRef<DetailPlace>;
  show: (place: DetailPlace) => void;
} {
  const route = useRoute();
  const router = useRouter();
  const place = computed<DetailPlace>((before) =>
    before && deliveryId() === undefined ? before : readDetailPlace(route.query),
  );
  return {
    place,
    show: (next) =>
      void router.replace({ query: { ...route.query, ...detailQuery(next) }, hash: route.hash }),
  };
}
