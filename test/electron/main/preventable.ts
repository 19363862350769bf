import { strict } from './strict.ts';

/** An event that whoever hears it may object to. */
export function preventable<T extends object = object>(details?: T): Electron.Event & T {
  const event = {
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
    ...(details as T),
  };
  return strict('Event', event);
}
