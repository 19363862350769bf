/** As the core fills one in, with `[zone]` or milliseconds; an example of how to write one has neither. */
const filledIn = /(?:at )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+Z|(?:\.\d+)?[+-]\d\d:\d\d(?=\[)))(?:\[([\w/+-]+)\])?/g;

/**
 * A text of the core with its instants as people write them.
 * @param write is given an instant (ISO) and the zone it names (IANA), if it names one
 */
export function withInstants(text: string, write: (instant: string, zone: string | undefined) => string): string {
  return text.replaceAll(filledIn, (_, instant: string, zone?: string) => write(instant, zone));
}
