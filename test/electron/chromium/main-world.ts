/** Of the events that lead to the isolated world. */
export interface MainWorldOptions {
  line: string;
}

/**
 * The page's side of contextBridge, and what Electron does about windows and permissions where headless Chromium would
 * act by itself. Runs before the page's first script and leaves nothing behind that the page could find. Its source is
 * sent into the page, so that it uses nothing of this module but its arguments.
 */
export function mainWorld({ line }: MainWorldOptions): void {
  if (window !== window.top) return;
  type Shape = { value: unknown } | { called: number } | { list: Shape[] } | { entries: [string, Shape][] };
  type Answer = { call: number; result: Shape; error?: string; isPromise?: boolean };

  // The page may change these later.
  const { apply } = Reflect;
  const dispatch = EventTarget.prototype.dispatchEvent;
  const Detailed = CustomEvent;
  const listen = (name: string, listener: (detail: never) => void): void =>
    window.addEventListener(`${line}:${name}`, (event) => listener((event as CustomEvent).detail as never));
  const tell = (name: string, detail: unknown): void => {
    apply(dispatch, window, [new Detailed(`${line}:${name}`, { detail })]);
  };

  const callbacks: ((...input: unknown[]) => void)[] = [];
  const answers = new Map<number, Answer>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastCall = 0;
  listen('answer', (answer: Answer) => answers.set(answer.call, answer));
  listen('settled', ({ call, result, error }: Answer) => {
    if (error === undefined) waiting.get(call)?.resolve(valueOf(result));
    else waiting.get(call)?.reject(new Error(error));
    waiting.delete(call);
  });
  listen('callback', ({ id, input }: { id: number; input: Shape[] }) => callbacks[id]?.(...input.map(valueOf)));

  function shapeOf(value: unknown): Shape {
    if (typeof value === 'function') return { called: callbacks.push(value as () => void) - 1 };
    if (Array.isArray(value)) return { list: value.map(shapeOf) };
    if (Object.prototype.toString.call(value) !== '[object Object]') return { value };
    return { entries: Object.entries(value as object).map(([key, entry]) => [key, shapeOf(entry)]) };
  }

  function valueOf(shape: Shape): unknown {
    if ('called' in shape) return callable(shape.called);
    if ('list' in shape) return Object.freeze(shape.list.map(valueOf));
    if ('entries' in shape) {
      return Object.freeze(Object.fromEntries(shape.entries.map(([key, entry]) => [key, valueOf(entry)])));
    }
    return shape.value;
  }

  function callable(id: number): (...input: unknown[]) => unknown {
    return Object.freeze((...input: unknown[]) => {
      const call = (lastCall += 1);
      tell('call', { call, id, input: input.map(shapeOf) });
      const answer = answers.get(call);
      answers.delete(call);
      if (answer === undefined) throw new Error('An object could not be cloned.');
      if (answer.error !== undefined) throw new Error(answer.error);
      if (answer.isPromise !== true) return valueOf(answer.result);
      return new Promise((resolve, reject) => waiting.set(call, { resolve, reject }));
    });
  }

  listen('expose', ({ key, shape }: { key: string; shape: Shape }) => {
    if (Object.hasOwn(window, key)) {
      return tell('refused', 'Cannot bind an API on top of an existing property on the window object');
    }
    Object.defineProperty(window, key, { value: valueOf(shape), enumerable: true });
  });

  // A window the app denies is none, where Chromium's own blocker would hand out one that shows an error.
  const openWindow = window.open;
  window.open = (url, target, features) => {
    apply(openWindow, window, [url, target, `${features ?? ''},noopener`]);
    return null;
  };

  // What a page may do is asked of the app; headless Chromium would just say no.
  const asked = new Map<number, (isGranted: boolean) => void>();
  let lastQuestion = 0;
  const mayI = (permission: string, isLookup = false): Promise<boolean> =>
    new Promise((resolve) => {
      const question = (lastQuestion += 1);
      asked.set(question, resolve);
      tell('permission', { question, permission, isLookup });
    });
  listen('permission-answer', ({ question, isGranted }: { question: number; isGranted: boolean }) => {
    asked.get(question)?.(isGranted);
    asked.delete(question);
  });
  const denied = (): DOMException => new DOMException('Permission denied', 'NotAllowedError');

  function guard<T extends object>(target: T | undefined, name: keyof T & string, permission: string): void {
    const original = target?.[name] as ((...input: unknown[]) => unknown) | undefined;
    if (target === undefined || original === undefined) return;
    const value = async (...input: unknown[]): Promise<unknown> => {
      if (!(await mayI(permission))) throw denied();
      return apply(original, target, input);
    };
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }

  guard(navigator.mediaDevices, 'getUserMedia', 'media');
  guard(navigator.mediaDevices, 'getDisplayMedia', 'display-capture');
  guard(navigator.clipboard, 'readText', 'clipboard-read');
  guard(navigator.clipboard, 'writeText', 'clipboard-sanitized-write');
  guard(navigator as unknown as { requestMIDIAccess: unknown }, 'requestMIDIAccess', 'midi');
  navigator.geolocation.getCurrentPosition = (_found, failed) => {
    void mayI('geolocation').then((isGranted) => {
      const code = isGranted ? 2 : 1;
      failed?.({
        code,
        message: isGranted ? 'No position here' : 'User denied Geolocation',
      } as GeolocationPositionError);
    });
  };
  if ('Notification' in window) {
    window.Notification.requestPermission = async () => ((await mayI('notifications')) ? 'granted' : 'denied');
  }
  const { permissions } = navigator;
  if (permissions !== undefined) {
    permissions.query = async ({ name }) =>
      ({ name, state: (await mayI(name, true)) ? 'granted' : 'denied' }) as PermissionStatus;
  }
}
