import type { EventEmitter } from 'node:events';

/** What a fake has of a thing of Electron, as Electron types it; what its events are is told in the text only. */
export type PartOf<T> = Partial<Omit<T, keyof EventEmitter>>;

/** Asked of any object by the language and by loggers. */
const asked = new Set(['then', 'toJSON', 'nodeType', '$$typeof']);

/**
 * A fake that says so when the app uses what it does not have, where a plain one would give undefined. That is why
 * it may pass for the whole of Electron's type.
 */
export function strict<T extends object>(name: string, fake: object): T {
  const known = faces.get(fake) ?? faceOf(name, fake);
  faces.set(fake, known);
  return known as T;
}

/** The one face of each fake, so that the app can compare what it got. */
const faces = new WeakMap<object, object>();

function faceOf(name: string, fake: object): object {
  return new Proxy(fake, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || asked.has(key)) return Reflect.get(target, key, receiver);
      throw new Error(`The stand-in of Electron has no ${name}.${key}.`);
    },
  });
}

/** The same for a class: for what it has itself, and for everything it makes. */
export function strictClass<C extends abstract new (...input: never[]) => object>(name: string, fake: object): C {
  return new Proxy(strict<C>(name, fake), {
    construct: (target, input: unknown[]) => strict(name, Reflect.construct(target as never, input) as object),
  });
}
