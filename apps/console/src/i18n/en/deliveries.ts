import type { deliveries as zhDeliveries } from '../zh/deliveries.js';

export const deliveries: typeof zhDeliveries = {
  title: 'Delivery log',
};
