import { join } from 'node:path';

/** Starts with the tray only. */
export const hiddenFlag = '--hidden';

/** An AppImage is started by the file itself: what runs lies in a folder that is gone after a log-out. */
export function commandOf(env: Record<string, string | undefined>, program: string, args: readonly string[]): string[] {
  return [env.APPIMAGE ?? program, ...args, hiddenFlag];
}

/** By the XDG autostart specification. */
export function autostartFile(env: Record<string, string | undefined>, home: string): string {
  const config = env.XDG_CONFIG_HOME?.startsWith('/') === true ? env.XDG_CONFIG_HOME : join(home, '.config');
  return join(config, 'autostart', 'autosocial-ai.desktop');
}

/** @param command program and arguments, quoted here as the Desktop Entry specification wants them */
export function autostartEntry(command: readonly string[]): string {
  const exec = command.map(
    (part) =>
      `"${part
        .replace(/(["`$\\])/g, '\\$1')
        .replaceAll('\\', '\\\\')
        .replaceAll('%', '%%')}"`,
  );
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=AutoSocial AI',
    `Exec=${exec.join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
