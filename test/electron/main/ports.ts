import { EventEmitter } from 'node:events';
import { outside } from './state.ts';

/** One end of a channel, without a face: the app holds it as a MessagePortMain, or a page holds it. */
export class PortEnd {
  other: PortEnd | null = null;
  queue: { data: unknown; ports: PortEnd[] }[] = [];
  isStarted = false;
  isClosed = false;
  onMessage: (data: unknown, ports: PortEnd[]) => void = () => undefined;
  onClose: () => void = () => undefined;

  post(data: unknown, ports: PortEnd[] = []): void {
    const to = this.other;
    if (this.isClosed || to === null) return;
    setImmediate(() => {
      to.queue.push({ data, ports });
      to.deliver();
    });
  }

  start(): void {
    this.isStarted = true;
    setImmediate(() => this.deliver());
  }

  /** Both ends learn of it, each once, after what was sent before. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    const { other } = this;
    setImmediate(() => {
      this.onClose();
      setImmediate(() => other?.close());
    });
  }

  deliver(): void {
    while (this.isStarted && !this.isClosed) {
      const message = this.queue.shift();
      if (message === undefined) return;
      this.onMessage(message.data, message.ports);
    }
  }
}

export function channel(): [PortEnd, PortEnd] {
  const ends: [PortEnd, PortEnd] = [new PortEnd(), new PortEnd()];
  [ends[0].other, ends[1].other] = [ends[1], ends[0]];
  return ends;
}

const made = new WeakMap<object, MessagePort>();

/** Electron's MessagePortMain. It keeps what comes in until `start`, and can be given away once. */
export class MessagePort extends EventEmitter implements Electron.MessagePortMain {
  end: PortEnd | null;

  constructor(end: PortEnd) {
    super();
    this.end = end;
    made.set(this, this);
    end.onMessage = (data, ports) =>
      void this.emit('message', { data, ports: ports.map((port) => new MessagePort(port)) });
    end.onClose = () => void this.emit('close');
  }

  /** A port that was given away or is closed says nothing, as in Electron. */
  postMessage(message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    const data = clone(message);
    const ends = giveAway(transfer, this);
    this.end?.post(data, ends);
  }

  start(): void {
    this.end?.start();
  }

  close(): void {
    this.end?.close();
  }
}

export class MessageChannelMain {
  port1: Electron.MessagePortMain;
  port2: Electron.MessagePortMain;

  constructor() {
    const [one, two] = channel();
    this.port1 = new MessagePort(one);
    this.port2 = new MessagePort(two);
  }
}

/** @throws Error as Electron words it, for functions and everything else that cannot be copied */
export function clone<T>(value: T): T {
  try {
    return structuredClone(value);
  } catch {
    throw new Error('An object could not be cloned.');
  }
}

/** Takes ports from whoever holds them; they are of no use to him from then on. */
export function giveAway(ports: readonly unknown[], source: MessagePort | null = null): PortEnd[] {
  const taken = ports.map((port, index) => {
    const found = typeof port === 'object' && port !== null ? made.get(port) : undefined;
    if (found === undefined) throw new TypeError(`Port at index ${index} is not a valid port`);
    if (found === source) throw new Error(`Port at index ${index} contains the source port.`);
    if (found.end === null) throw new Error(`Port at index ${index} is already neutered.`);
    if (ports.indexOf(port) !== index) throw new Error(`Port at index ${index} is a duplicate.`);
    return found;
  });
  return taken.map((port) => {
    const { end } = port;
    port.end = null;
    return end as PortEnd;
  });
}

/** Ends that pages hold, by the id under which both processes know them. */
const bridged = new Map<string, PortEnd>();
let lastBridge = 0;

/** Gives an end to a document in a window. @returns the id under which the page speaks of it */
export function bridgeTo(documentId: string, end: PortEnd): string {
  lastBridge += 1;
  return bridge(`${documentId}/app-${lastBridge}`, end);
}

/** A port that a page gave away. @returns the end for the app */
export function bridgeFrom(id: string): PortEnd {
  const [page, app] = channel();
  bridge(id, page);
  return app;
}

function bridge(id: string, end: PortEnd): string {
  const [documentId] = id.split('/');
  bridged.set(id, end);
  end.onMessage = (data, ports) => {
    if (ports.length > 0) throw new Error('The stand-in cannot send ports over a port that a page holds.');
    outside().tell('toDocument', documentId, { type: 'port-message', port: id, data });
  };
  end.onClose = () => {
    bridged.delete(id);
    outside().tell('toDocument', documentId, { type: 'port-close', port: id });
  };
  end.start();
  return id;
}

/** What a page says on a port it holds. */
export function fromPage(id: string, data: unknown): void {
  bridged.get(id)?.post(data);
}

export function closedByPage(id: string): void {
  bridged.get(id)?.close();
}

/** Everything a document held is closed when it goes. */
export function documentGone(documentId: string): void {
  for (const [id, end] of bridged) {
    if (id.startsWith(`${documentId}/`)) end.close();
  }
}
