import type { IncomingMessage } from 'node:http';
import { ERRORS, LIMITS, PortholeError, WireError } from '@porthole/protocol';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { AgentHandshake, type ProvenAgent } from '../base/agentLink/agentHandshake.ts';
import { AgentLink } from '../base/agentLink/agentLink.ts';
import { tlsBinding } from '../base/agentLink/tlsBinding.ts';
import { deviceIdOf, type HubIdentity } from '../base/identity.ts';
import { type FromHub, type LinkHandlers, LinkSocket } from '../base/relay/linkSocket.ts';
import type { Traffics } from '../traffic/traffics.ts';
import type { DeviceStore } from './deviceStore.ts';
import type { DeviceDirectory } from './directory.ts';

export interface AgentEntryServices {
  identity: HubIdentity;
  directory: DeviceDirectory;
  store: DeviceStore;
  traffics: Traffics;
  log: Logger;
}

/** Lets agents in: proof of identity first, then a known key or a fresh token, then a place in the directory. */
export class AgentEntry {
  readonly #services: AgentEntryServices;

  constructor(services: AgentEntryServices) {
    this.#services = services;
  }

  /** Takes over an upgraded socket. `done` is called when the agent is in or out. */
  accept(ws: WebSocket, request: IncomingMessage, done: () => void): void {
    const binding = tlsBinding(request.socket);
    let link: AgentLink | undefined;
    const timer = setTimeout(() => socket.close('device.timeout'), LIMITS.firstMessageMs);
    const settle = () => {
      clearTimeout(timer);
      done();
    };
    const handlers: LinkHandlers = {
      text: (text) => {
        if (link) return link.receivedText(text);
        link = this.#shake(handshake, text, socket, binding);
        if (link) settle();
      },
      frame: (frame, raw) => {
        if (!link) throw new WireError('frame before the handshake');
        link.receivedFrame(frame, raw);
      },
      pulse: (bytes) => link?.receivedPulse(bytes),
      closed: () => {
        settle();
        if (!link) return;
        link.ended();
        this.#services.directory.detach(link);
      },
    };
    const socket = new LinkSocket(ws, handlers, { log: this.#services.log, wire: request.socket });
    const handshake = new AgentHandshake(this.#services.identity, binding, (message) => socket.send(message));
  }

  #shake(handshake: AgentHandshake, text: string, socket: LinkSocket, binding: string): AgentLink | undefined {
    try {
      const agent = handshake.receive(text);
      return agent && this.#admit(agent, socket, binding);
    } catch (error) {
      if (!(error instanceof PortholeError)) throw error;
      const refusal: FromHub = { type: 'refused', code: error.code, message: ERRORS[error.code].message };
      socket.send(refusal);
      throw error;
    }
  }

  #admit(agent: ProvenAgent, socket: LinkSocket, binding: string): AgentLink {
    const { identity, directory, traffics } = this.#services;
    const deviceId = deviceIdOf(agent.publicKey);
    if (!directory.find(deviceId)) this.#enrol(deviceId, agent);
    const link = new AgentLink(socket, {
      deviceId,
      kind: agent.link,
      binding,
      sign: (text) => identity.sign(text),
      events: {
        state: (state) => directory.report(deviceId, definedOnly(state)),
        received: traffics.counter(deviceId),
      },
    });
    socket.send({ type: 'welcome', name: directory.get(deviceId).name });
    directory.attach(link, agent);
    return link;
  }

  #enrol(deviceId: string, agent: ProvenAgent): void {
    const { store, directory } = this.#services;
    if (agent.token === undefined || agent.link !== 'interactive') {
      throw new PortholeError(store.wasRemoved(deviceId) ? 'device.removed' : 'device.unknown');
    }
    const { publicKey, token: secret, name, description, toggles } = agent;
    directory.enrolled(store.enrol({ publicKey, secret, name, description, toggles }));
  }
}

function definedOnly<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}
