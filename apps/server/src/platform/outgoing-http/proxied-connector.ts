/** Connects through the outgoing proxy: the target is resolved and checked first. */
import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { stopwatch, traceHandshake, type ConnectTrace } from './connect-trace.js';
import type { Connecting, GuardedConnector, ReturningConnector } from './connector.js';
import type { OutgoingProxy } from './outgoing-proxy.js';

interface ProxiedConnectorSettings {
  /** Refuses guarded addresses. */
  lookupFor: (trace: ConnectTrace) => LookupFunction;
  proxy: OutgoingProxy;
  connectorFor: (trace: ConnectTrace) => ReturningConnector;
  /** For the exceptions. */
  connectDirectly: GuardedConnector;
}

export function proxiedConnector(settings: ProxiedConnectorSettings): GuardedConnector {
  return (options, trace, callback) =>
    settings.proxy.isFor(options.hostname, portOf(options))
      ? new ProxiedConnect(settings, options, trace, callback).begin()
      : settings.connectDirectly(options, trace, callback);
}

class ProxiedConnect implements Connecting {
  private readonly lap = stopwatch();
  private socket: Socket | null = null;
  private isGivenUp = false;

  constructor(
    private readonly settings: ProxiedConnectorSettings,
    private readonly options: buildConnector.Options,
    private readonly trace: ConnectTrace,
    private readonly callback: buildConnector.Callback,
  ) {}

  begin(): this {
    const { hostname } = this.options;
    const family = isIP(hostname);
    if (family !== 0) {
      this.openTunnel(hostname);
      return this;
    }
    this.trace.phase = 'dns';
    this.settings.lookupFor(this.trace)(hostname, { all: true }, (error, found) => {
      if (this.isGivenUp) return;
      this.trace.isLookUpWaiting = false;
      this.trace.dnsMs = this.lap();
      const address = addressOf(found);
      if (error ?? address === null) this.callback(error ?? new Error(`no address of ${hostname}`), null);
      else this.openTunnel(address);
    });
    return this;
  }

  destroy(): void {
    this.isGivenUp = true;
    this.socket?.destroy();
  }

  private openTunnel(address: string): void {
    const { proxy } = this.settings;
    this.trace.phase = 'connect';
    this.trace.addresses.push(address);
    this.trace.remoteAddress = address;
    this.trace.isProxyWaiting = true;
    this.socket = proxy.open(address, portOf(this.options), {
      onReached: () => {
        this.trace.isProxyWaiting = false;
      },
      onSettled: (error, tunnel) => {
        if (this.isGivenUp) return;
        if (error) this.callback(error, null);
        else this.useTunnel(tunnel);
      },
    });
  }

  private useTunnel(tunnel: Socket): void {
    this.trace.connectMs = this.lap();
    if (this.options.protocol === 'https:') this.secure(tunnel);
    else this.callback(null, tunnel);
  }

  private secure(tunnel: Socket): void {
    this.trace.phase = 'tls';
    try {
      const connect = this.settings.connectorFor(this.trace);
      const socket = connect({ ...this.options, httpSocket: tunnel }, this.callback);
      traceHandshake(socket as TLSSocket, this.trace, this.lap);
      this.socket = socket;
    } catch (error) {
      // Such as a client certificate that cannot be used.
      tunnel.destroy();
      this.callback(error as Error, null);
    }
  }
}

/** IPv4 where there is one: most proxies have no way out with IPv6. */
function addressOf(found: string | LookupAddress[]): string | null {
  if (typeof found === 'string') return found;
  return (found.find(({ family }) => family === 4) ?? found[0])?.address ?? null;
}

function portOf({ port, protocol }: buildConnector.Options): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}
