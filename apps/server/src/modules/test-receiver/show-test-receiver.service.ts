/** Presents a test receiver as the API answers it; support sees neither its address nor what messages say. */
import { isUtf8 } from 'node:buffer';
import { Injectable } from '@nestjs/common';
import type { TestReceiver, TestReceiverRequest } from '@im/contracts/api/test-receiver';
import { MASK } from '@im/contracts/events/mask-content';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import {
  seesCallbackUrls,
  seesContent,
  seesCustomHeaders,
  type Identity,
} from '../access/identity/domain/identity.js';
import { ReceivedRequestsService } from '../receiver-store/received-requests.service.js';
import { ReceiverAddressesService } from '../receiver-store/receiver-addresses.service.js';
import type { ReceivedRequest } from '../receiver-store/receiver.js';
import { maskCustomHeaders } from '../webhook-configs/domain/mask-headers.js';

@Injectable()
export class ShowTestReceiverService {
  constructor(
    private readonly requests: ReceivedRequestsService,
    private readonly addresses: ReceiverAddressesService,
  ) {}

  async of(appId: string, caller: Identity): Promise<TestReceiver> {
    const receiver = await this.requests.find(appId);
    if (!receiver) return { url: null, mode: 'ok', requests: [] };
    const url = this.addresses.urlOf(receiver);
    const requests = await this.requests.list(appId);
    return {
      url: seesCallbackUrls(caller) ? url : maskCallbackUrl(url),
      mode: receiver.mode,
      requests: requests.map((request) => presentRequest(request, caller)),
    };
  }
}

function presentRequest(request: ReceivedRequest, caller: Identity): TestReceiverRequest {
  const { headers: json, body, receivedAt, signatureFault, ...rest } = request;
  const headers = JSON.parse(json) as Record<string, string>;
  const isText = isUtf8(body);
  const isShown = seesContent(caller);
  return {
    ...rest,
    receivedAt: receivedAt.toISOString(),
    headers: seesCustomHeaders(caller) ? headers : maskCustomHeaders(headers),
    body: isShown ? body.toString(isText ? 'utf8' : 'base64') : MASK,
    isBase64: isShown && !isText,
    isBodyTruncated: request.bodyBytes > body.length,
    isSignatureValid: signatureFault === null,
    signatureFault,
  };
}
