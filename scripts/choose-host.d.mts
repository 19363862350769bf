export function chooseHost(facts: {
  flags: string[];
  binary: string | null;
  platform: string;
  env: Record<string, string | undefined>;
  isRoot: boolean;
}): { host: 'desktop' | 'server'; reason: string; isMissingBinaryOnly: boolean };
export function withoutChoice(flags: string[]): string[];
export function electronBinary(root: string, env?: Record<string, string | undefined>): string | null;
