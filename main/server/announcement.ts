import type { Environment } from '../environment.ts';
import type { Hosting } from '../hosting.ts';
import type { RunningServer } from './server.ts';

interface Works extends Pick<Hosting<RunningServer>, 'app' | 'remarks'> {
  door: Pick<RunningServer, 'origin' | 'localOrigin' | 'loginLink'>;
}

/**
 * What a host that works now prints, line by line. Behind a public address the one that is listened on stands in no link, and
 * with port 0 nobody could know it: it comes first, so that all is told once the ready line is there.
 */
export function announcement(
  { profile, profileReason }: Pick<Environment, 'profile' | 'profileReason'>,
  { door, app, remarks }: Works,
): string[] {
  return [
    ...(door.localOrigin === door.origin ? [] : [`Listening on ${door.localOrigin}`]),
    `AutoSocial AI is ready: ${door.loginLink()}`,
    ...(profile === 'sandbox' ? [`Sandbox, because ${profileReason}: nothing leaves this computer.`] : []),
    ...remarks,
    ...(app === null ? ['Open the link above to see what can be done.'] : []),
  ];
}
