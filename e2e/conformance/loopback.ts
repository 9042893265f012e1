// A page, the relay and a real server, joined on this machine.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { PageClient } from './pageClient';
import { RealServer, type ServerOptions } from './realServer';
import { Relay } from './relay';

export interface Loopback {
  readonly client: PageClient;
  readonly server: RealServer;
  readonly relay: Relay;
  /** `127.0.0.1:40123`: where the page finds the relay, and what it takes for the server. */
  readonly host: string;
  close(): void;
}

export const PLAIN_SERVER: ServerOptions = {
  subprotocols: [],
  deflates: false,
  maxMessageBytes: 100 * 1024 * 1024,
};

export async function loopback(page: Page, options: ServerOptions): Promise<Loopback> {
  const server = new RealServer(options);
  const relay = new Relay(await server.port());
  const host = `127.0.0.1:${await relay.listen()}`;
  const site = await emptySite();
  await page.goto(site.address);
  const client = await PageClient.in(page);
  const close = () => {
    relay.close();
    server.close();
    site.close();
  };
  return { client, server, relay, host, close };
}

/** Only a page that comes from this machine may connect to this machine. */
async function emptySite() {
  const site = createServer((_request, response) =>
    response.end('<!doctype html><title>-</title>'),
  );
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const { port } = site.address() as AddressInfo;
  const close = () => {
    site.closeAllConnections();
    site.close();
  };
  return { address: `http://127.0.0.1:${port}/`, close };
}
