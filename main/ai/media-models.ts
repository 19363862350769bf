import type { RenderRequest } from '../core/ports/index.ts';

type Aspect = RenderRequest['aspect'];
type Input = Record<string, string | number | boolean>;

/** What a model on Replicate is asked with and what it costs. */
export interface MediaModel {
  kind: 'image' | 'video';
  /** Millionths of a US dollar for one image or one clip as we ask for it. */
  microUsd: number;
  /** Field that takes a seed; models without one cannot repeat a picture. */
  seed: boolean;
  /** Everything beside prompt and seed. */
  input(aspect: Aspect): Input;
}

const clipSeconds = 5;

/** The nearest portrait for models that know no 4:5; the rest is cropped here. */
const withoutFourFive = (aspect: Aspect): string => (aspect === '4:5' ? '3:4' : aspect);

/** Inputs and prices as the models' own pages gave them on 13 July 2026; prices of videos are estimates. */
const models: Record<string, MediaModel> = {
  'black-forest-labs/flux-1.1-pro': {
    kind: 'image',
    microUsd: 40_000,
    seed: true,
    input: (aspect) => ({ aspect_ratio: aspect, output_format: 'jpg', output_quality: 95, safety_tolerance: 2 }),
  },
  'black-forest-labs/flux-1.1-pro-ultra': {
    kind: 'image',
    microUsd: 60_000,
    seed: true,
    input: (aspect) => ({ aspect_ratio: aspect, output_format: 'jpg', safety_tolerance: 2 }),
  },
  'black-forest-labs/flux-schnell': {
    kind: 'image',
    microUsd: 3_000,
    seed: true,
    input: (aspect) => ({
      aspect_ratio: aspect,
      output_format: 'jpg',
      output_quality: 95,
      num_outputs: 1,
      go_fast: false,
    }),
  },
  'google/imagen-4-fast': {
    kind: 'image',
    microUsd: 20_000,
    seed: false,
    input: (aspect) => ({ aspect_ratio: withoutFourFive(aspect), output_format: 'jpg' }),
  },
  'google/nano-banana-2': {
    kind: 'image',
    microUsd: 67_000,
    seed: false,
    input: (aspect) => ({ aspect_ratio: aspect, resolution: '1K', output_format: 'jpg' }),
  },
  'bytedance/seedream-4.5': {
    kind: 'image',
    microUsd: 40_000,
    seed: false,
    input: (aspect) => ({
      aspect_ratio: withoutFourFive(aspect),
      size: '2K',
      sequential_image_generation: 'disabled',
      max_images: 1,
    }),
  },
  'recraft-ai/recraft-v3': {
    kind: 'image',
    microUsd: 40_000,
    seed: false,
    input: (aspect) => ({ size: { '4:5': '1024x1280', '1:1': '1024x1024', '9:16': '1024x1820' }[aspect] }),
  },
  'bytedance/seedance-1-pro': {
    kind: 'video',
    microUsd: 120_000 * clipSeconds,
    seed: true,
    input: (aspect) => ({ aspect_ratio: withoutFourFive(aspect), resolution: '720p', duration: clipSeconds, fps: 24 }),
  },
  'bytedance/seedance-1-lite': {
    kind: 'video',
    microUsd: 40_000 * clipSeconds,
    seed: true,
    input: (aspect) => ({ aspect_ratio: withoutFourFive(aspect), resolution: '720p', duration: clipSeconds, fps: 24 }),
  },
  'kwaivgi/kling-v2.5-turbo-pro': {
    kind: 'video',
    microUsd: 70_000 * clipSeconds,
    seed: false,
    input: (aspect) => ({ aspect_ratio: aspect === '4:5' ? '1:1' : aspect, duration: clipSeconds }),
  },
};

/** A model nobody has told us about gets the fields nearly all have, and a price on the safe side. */
const unknownModels: Record<MediaModel['kind'], MediaModel> = {
  image: { kind: 'image', microUsd: 100_000, seed: false, input: (aspect) => ({ aspect_ratio: aspect }) },
  video: { kind: 'video', microUsd: 1_500_000, seed: false, input: (aspect) => ({ aspect_ratio: aspect }) },
};

/** What is known of a model; of one that is not listed, what fits any of its kind. */
export function mediaModel(kind: MediaModel['kind'], id: string): MediaModel {
  return models[id] ?? unknownModels[kind];
}

/**
 * The input of one prediction, the same whenever it is made for the same intent. The seed comes from
 * the moment of the intent, so that two intents with one prompt can be told apart in Replicate's list.
 */
export function inputOf(request: Pick<RenderRequest, 'kind' | 'model' | 'prompt' | 'aspect' | 'intendedAt'>): Input {
  const model = mediaModel(request.kind, request.model);
  const seed = request.intendedAt % 2_147_483_647;
  return { prompt: request.prompt, ...model.input(request.aspect), ...(model.seed ? { seed } : {}) };
}
