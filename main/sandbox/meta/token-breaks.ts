import { z } from 'zod';
import { changePassword, killTokens, revoke } from './grants.ts';
import type { World } from './state.ts';

/** Something that happens to a person's access outside of the app. */
export const tokenBreak = z.discriminatedUnion('cause', [
  /** The person removes the app: 190/458. */
  z.strictObject({ cause: z.literal('deauthorized'), personId: z.string(), appId: z.string() }),
  /** Facebook asks the person to confirm who they are: 190/459 until `checkpoint-passed`. */
  z.strictObject({ cause: z.literal('checkpoint'), personId: z.string() }),
  z.strictObject({ cause: z.literal('checkpoint-passed'), personId: z.string() }),
  /** The person changes the password: 190/460 for every token of theirs. */
  z.strictObject({ cause: z.literal('password'), personId: z.string() }),
  /** The person loses the role on a Page: 190/492 for its page tokens. */
  z.strictObject({ cause: z.literal('role-lost'), personId: z.string(), pageId: z.string() }),
  /** The owner removes the app at Instagram: 190/458 for every token of Instagram's own login. */
  z.strictObject({ cause: z.literal('instagram-removed'), instagramId: z.string() }),
  /** One token runs out: 190/463. */
  z.strictObject({ cause: z.literal('expired'), token: z.string() }),
  /** One token is made invalid: 190/467. */
  z.strictObject({ cause: z.literal('invalid'), token: z.string() }),
]);

export type TokenBreak = z.infer<typeof tokenBreak>;

/** Lets it happen. @throws Error when the person or token does not exist */
export function breakTokens(world: World, input: TokenBreak): void {
  const state = world.store.value;
  if ('token' in input) {
    const token = state.tokens[input.token];
    if (token === undefined) throw new Error('No such token');
    if (input.cause === 'expired') token.expiresAt = world.now();
    else killTokens(world, 'invalid', (_, value) => value === input.token);
  } else if (input.cause === 'instagram-removed') {
    const { instagramId } = input;
    killTokens(world, 'deauthorized', ({ kind, subjectId }) => kind === 'instagram' && subjectId === instagramId);
  } else {
    const person = state.people[input.personId];
    if (person === undefined) throw new Error(`No such person: ${input.personId}`);
    if (input.cause === 'deauthorized') revoke(world, person.id, input.appId, null);
    else if (input.cause === 'password') changePassword(world, person);
    else if (input.cause === 'role-lost') person.roles = person.roles.filter((role) => role.pageId !== input.pageId);
    else person.checkpoint = input.cause === 'checkpoint';
  }
  world.store.save();
}
