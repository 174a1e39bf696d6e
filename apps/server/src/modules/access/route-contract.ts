/** Finds the contract that a handler serves. */
import { SetMetadata } from '@nestjs/common';
import type { RouteContract } from '@im/contracts/routes/route';

const ROUTE_CONTRACT = 'route:contract';

export const ServedContract = (contract: RouteContract) => SetMetadata(ROUTE_CONTRACT, contract);

/** Undefined when the handler serves none. */
export function routeContractOf(handler: object): RouteContract | undefined {
  return Reflect.getMetadata(ROUTE_CONTRACT, handler) as RouteContract | undefined;
}

/** `/apps/{appKey}` as Nest writes it: `/apps/:appKey`. */
export function nestPathOf(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
