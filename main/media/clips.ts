import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { constants as machine, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { clipMs, clipSize } from '../../shared/domain/crop.ts';
import { phrase } from '../../shared/domain/phrase.ts';
import { MediaRefused } from '../core/ports/files.ts';

const frameRate = 30;
const limitMs = 120_000;
/** A quarter of an hour of video, on a slow computer. */
const encodingLimitMs = 20 * 60_000;

const noProgram =
  'A video must be made of the picture for this, which needs ffmpeg, and ffmpeg is not on this computer. ' +
  'Install it, or add a video.';

const cutWords =
  'The video was cut without being saved anew, and Instagram takes no such file. Export it again, or install ffmpeg on the computer that this app runs on: then it is saved anew by itself.';

/** Where ffmpeg is; null when it is not on the path or at the places where package managers put it. */
export function findFfmpeg(): string | null {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/opt/homebrew/bin', '/usr/local/bin'];
  return (
    folders
      .filter((folder) => folder !== '')
      .map((folder) => join(folder, name))
      .find(isProgram) ?? null
  );
}

function isProgram(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not ours to run is as good as not there.
    return false;
  }
}

/**
 * Makes a video of a still: MP4, H.264, 30 frames a second, silent AAC sound, index first; the still
 * comes slowly nearer. What goes in is a JPEG of ours, never a file from outside.
 * @throws {MediaRefused} when there is no ffmpeg, or it fails
 */
export async function makeClip(from: string, to: string): Promise<void> {
  const program = findFfmpeg();
  if (program === null) throw new MediaRefused('no_ffmpeg', noProgram);
  const problem = await run(program, [...quiet, ...still, from, ...silence, ...encoding, to]);
  if (problem !== null)
    throw new MediaRefused('clip', phrase`ffmpeg could not make a video of the picture: ${problem}`);
}

/**
 * Encodes an MP4 or MOV anew as it is seen: MP4, H.264, AAC, index first, no edit list. It opens nothing but this one file.
 * @throws {MediaRefused} when there is no ffmpeg, or it fails
 */
export async function encodeAnew(from: string, to: string): Promise<void> {
  const program = findFfmpeg();
  if (program === null) throw new MediaRefused('edit_list', cutWords);
  const problem = await run(program, [...quiet, ...movie, from, ...asSeen, to], encodingLimitMs);
  if (problem !== null) throw new MediaRefused('edit_list', phrase`ffmpeg could not save the video anew: ${problem}`);
}

const { width, height } = clipSize;
const approach = `scale=w='2*trunc(${width}*(1+0.0004*n)/2)':h='2*trunc(${height}*(1+0.0004*n)/2)':eval=frame:flags=bicubic`;

const quiet = '-hide_banner -nostdin -loglevel error -threads 2'.split(' ');
/** The one still, by its own path and nothing it might refer to. */
const still = `-protocol_whitelist file -f image2 -pattern_type none -framerate ${frameRate} -i`.split(' ');
const silence = '-f lavfi -i anullsrc=channel_layout=stereo:sample_rate=48000'.split(' ');
/** Without an edit list the codec's delay has to be undone otherwise: by pictures that are shown before they are decoded. */
const plain = '-use_editlist 0 -movflags +faststart+negative_cts_offsets -f mp4 -y';
const encoding = [
  `-t ${clipMs / 1_000} -map 0:v -map 1:a`,
  `-vf loop=loop=-1:size=1,${approach},crop=${width}:${height},format=yuv420p`,
  `-c:v libx264 -profile:v high -preset veryfast -crf 20 -g ${frameRate * 2}`,
  '-c:a aac -b:a 128k -map_metadata -1',
  plain,
].flatMap((words) => words.split(' '));

/** References to other files are not followed. */
const movie = '-protocol_whitelist file -f mov -enable_drefs 0 -i'.split(' ');
const asSeen = [
  '-map 0:v:0 -map 0:a:0? -vf scale=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p',
  '-c:v libx264 -profile:v high -preset veryfast -crf 18 -maxrate 20M -bufsize 40M',
  '-c:a aac -b:a 128k -ar 48000 -map_metadata -1',
  plain,
].flatMap((words) => words.split(' '));

/** @returns what went wrong, in a few words, or null */
function run(program: string, args: readonly string[], timeoutMs = limitMs): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const child = spawn(program, args, {
    shell: false,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  yieldToOthers(child.pid);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-500);
  });
  child.on('error', (error) => resolve(error.message));
  child.on('close', (code, signal) => {
    if (code === 0) resolve(null);
    else
      resolve(
        signal === null ? (said.trim().split('\n').at(-1) ?? phrase`code ${code ?? 0}`) : phrase`it took too long.`,
      );
  });
  return promise;
}

/** Publishing on time matters more than a clip that is made ahead. */
function yieldToOthers(processId: number | undefined): void {
  if (processId === undefined) return;
  try {
    setPriority(processId, machine.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not allow it: then it runs as the rest does.
  }
}
