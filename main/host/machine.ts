import { statfs } from 'node:fs/promises';
import { freemem, hostname, release } from 'node:os';
import type { MachineFacts } from '../core/ports/index.ts';

/** The name that this computer or container goes by; every other one on the same data should have another. */
export function computerName(): string {
  return hostname();
}

/** @param dataDir folder whose disk is told about */
export async function describeMachine(dataDir: string): Promise<MachineFacts> {
  const { rss, heapUsed } = process.memoryUsage();
  const disk = await statfs(dataDir).catch(() => null);
  return {
    node: process.versions.node,
    system: `${process.platform} ${process.arch} ${release()}`,
    uptimeSeconds: Math.round(process.uptime()),
    memory: { rssBytes: rss, heapUsedBytes: heapUsed, freeBytes: freemem() },
    disk: disk === null ? null : { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
  };
}
