import { expect, it } from 'vitest';
import { announcement } from './announcement.ts';

const live = { profile: 'live', profileReason: 'credentials are set' } as const;
const ready = 'AutoSocial AI is ready: https://posts.example/login#code';

function behind(origin: string, localOrigin: string): string[] {
  const door = { origin, localOrigin, loginLink: () => 'https://posts.example/login#code' };
  return announcement(live, { door, app: null, remarks: ['A backup was restored.'] });
}

it('names the address that is listened on before the ready line, where browsers come by another', () => {
  expect(behind('https://posts.example', 'http://127.0.0.1:51823')).toEqual([
    'Listening on http://127.0.0.1:51823',
    ready,
    'A backup was restored.',
    'Open the link above to see what can be done.',
  ]);
});

it('begins with the ready line where the link holds that address', () => {
  expect(behind('http://127.0.0.1:51823', 'http://127.0.0.1:51823')[0]).toBe(ready);
});
