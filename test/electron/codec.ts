/** Turns what structured cloning can carry into a string and back. */
export interface Codec {
  /** @throws TypeError for what the stand-in cannot carry, such as a Blob */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * Makes a codec for both sides of the wire between the app and its page. Playwright's bindings carry strings only.
 * The function is self-contained: its source is sent into the page. Cycles are not carried.
 */
export function createCodec(): Codec {
  const typedArrays: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };

  function toBase64(bytes: Uint8Array): string {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(text);
  }

  function fromBase64(text: string): ArrayBuffer {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
  }

  function pack(value: unknown): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $: 'number', of: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', of: String(value) };
    if (Array.isArray(value)) return value.map(pack);
    const type = Object.prototype.toString.call(value).slice(8, -1);
    if (type === 'Object') {
      const packed = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, pack(entry)]));
      return '$' in packed ? { $: 'object', of: packed } : packed;
    }
    if (value instanceof Date) return { $: 'date', of: pack(value.getTime()) };
    if (value instanceof RegExp) return { $: 'regexp', of: [value.source, value.flags] };
    if (value instanceof Map) return { $: 'map', of: [...value].map(([key, entry]) => [pack(key), pack(entry)]) };
    if (value instanceof Set) return { $: 'set', of: [...value].map(pack) };
    if (value instanceof Error) return { $: 'error', of: [value.name, value.message, value.stack ?? null] };
    if (type === 'ArrayBuffer') return { $: 'ArrayBuffer', of: toBase64(new Uint8Array(value as ArrayBuffer)) };
    if (ArrayBuffer.isView(value)) {
      return { $: type, of: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
    }
    throw new TypeError(`The stand-in of Electron cannot carry a ${type}.`);
  }

  function unpack(packed: unknown): unknown {
    if (packed === null || typeof packed !== 'object') return packed;
    if (Array.isArray(packed)) return packed.map(unpack);
    if (!('$' in packed)) return unpackEntries(packed);
    const { $: type, of } = packed as { $: string; of: never };
    if (type === 'undefined') return undefined;
    if (type === 'number') return of === '-0' ? -0 : Number(of);
    if (type === 'bigint') return BigInt(of);
    if (type === 'object') return unpackEntries(of);
    if (type === 'date') return new Date(unpack(of) as number);
    if (type === 'regexp') return new RegExp(of[0], of[1]);
    if (type === 'map') return new Map((of as unknown[][]).map(([key, entry]) => [unpack(key), unpack(entry)]));
    if (type === 'set') return new Set((of as unknown[]).map(unpack));
    if (type === 'error') return Object.assign(new Error(of[1]), { name: of[0], stack: of[2] ?? undefined });
    if (type === 'ArrayBuffer') return fromBase64(of);
    const Type = typedArrays[type];
    if (Type === undefined) throw new TypeError(`The stand-in of Electron does not know a ${type}.`);
    return new Type(fromBase64(of));
  }

  function unpackEntries(packed: object): object {
    return Object.fromEntries(Object.entries(packed).map(([key, entry]) => [key, unpack(entry)]));
  }

  return {
    encode: (value) => JSON.stringify(pack(value)),
    decode: (text) => unpack(JSON.parse(text) as unknown),
  };
}
