/** One input of a model, as its published input schema has it. */
export interface InputField {
  type: 'string' | 'integer' | 'number' | 'boolean' | 'array';
  required?: true;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  /** The value is a URL or data URL; in an array, each item is. */
  uri?: true;
}

export interface ReplicateModel {
  /** `owner/name`. */
  id: string;
  kind: 'image' | 'video';
  /** Whether `output` is one URL or a list of them. */
  output: 'string' | 'array';
  /** What an image is encoded as when the input does not say. */
  format: 'webp' | 'jpg' | 'png';
  input: Record<string, InputField>;
  /** Micro-USD for each image, each clip or each second of video. */
  price: { micro: number; per: 'image' | 'clip' | 'second' };
}

const prompt: InputField = { type: 'string', required: true };
const seed: InputField = { type: 'integer' };
const image: InputField = { type: 'string', uri: true };
const images: InputField = { type: 'array', uri: true };
const flag: InputField = { type: 'boolean' };
const quality: InputField = { type: 'integer', minimum: 0, maximum: 100 };
const oneOf = (...values: string[]): InputField => ({ type: 'string', enum: values });
const from = (minimum: number, maximum: number): InputField => ({ type: 'integer', minimum, maximum });

/**
 * The models the simulator runs. Inputs and image prices follow the models' pages of 2025 and 2026;
 * the prices of seedance and wan are of the right order only, as their pages named none.
 */
export const models: readonly ReplicateModel[] = [
  {
    id: 'black-forest-labs/flux-schnell',
    kind: 'image',
    output: 'array',
    format: 'webp',
    price: { micro: 3_000, per: 'image' },
    input: {
      prompt,
      seed,
      aspect_ratio: oneOf('1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16', '9:21'),
      num_outputs: from(1, 4),
      num_inference_steps: from(1, 4),
      output_format: oneOf('webp', 'jpg', 'png'),
      output_quality: quality,
      disable_safety_checker: flag,
      go_fast: flag,
      megapixels: oneOf('1', '0.25'),
    },
  },
  {
    id: 'black-forest-labs/flux-1.1-pro',
    kind: 'image',
    output: 'string',
    format: 'webp',
    price: { micro: 40_000, per: 'image' },
    input: {
      prompt,
      seed,
      image_prompt: image,
      aspect_ratio: oneOf('custom', '1:1', '16:9', '3:2', '2:3', '4:5', '5:4', '9:16', '3:4', '4:3'),
      width: from(256, 1440),
      height: from(256, 1440),
      safety_tolerance: from(1, 6),
      prompt_upsampling: flag,
      output_format: oneOf('webp', 'jpg', 'png'),
      output_quality: quality,
    },
  },
  {
    id: 'black-forest-labs/flux-1.1-pro-ultra',
    kind: 'image',
    output: 'string',
    format: 'jpg',
    price: { micro: 60_000, per: 'image' },
    input: {
      prompt,
      seed,
      image_prompt: image,
      image_prompt_strength: { type: 'number', minimum: 0, maximum: 1 },
      aspect_ratio: oneOf('21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16', '9:21'),
      raw: flag,
      safety_tolerance: from(1, 6),
      output_format: oneOf('jpg', 'png'),
    },
  },
  {
    id: 'ideogram-ai/ideogram-v3-turbo',
    kind: 'image',
    output: 'string',
    format: 'png',
    price: { micro: 30_000, per: 'image' },
    input: {
      prompt,
      seed: from(0, 2_147_483_647),
      aspect_ratio: oneOf(
        '1:3',
        '3:1',
        '1:2',
        '2:1',
        '9:16',
        '16:9',
        '10:16',
        '16:10',
        '2:3',
        '3:2',
        '3:4',
        '4:3',
        '4:5',
        '5:4',
        '1:1',
      ),
      resolution: { type: 'string' },
      magic_prompt_option: oneOf('Auto', 'On', 'Off'),
      style_type: oneOf('None', 'Auto', 'General', 'Realistic', 'Design'),
      style_reference_images: images,
      image,
      mask: image,
    },
  },
  {
    id: 'google/imagen-4-fast',
    kind: 'image',
    output: 'string',
    format: 'jpg',
    price: { micro: 20_000, per: 'image' },
    input: {
      prompt,
      aspect_ratio: oneOf('1:1', '9:16', '16:9', '3:4', '4:3'),
      safety_filter_level: oneOf('block_low_and_above', 'block_medium_and_above', 'block_only_high'),
      output_format: oneOf('jpg', 'png'),
    },
  },
  {
    id: 'google/nano-banana-2',
    kind: 'image',
    output: 'string',
    format: 'jpg',
    price: { micro: 67_000, per: 'image' },
    input: {
      prompt,
      image_input: images,
      aspect_ratio: oneOf('match_input_image', '1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'),
      resolution: oneOf('1K', '2K', '4K'),
      output_format: oneOf('jpg', 'png'),
    },
  },
  {
    id: 'bytedance/seedream-4.5',
    kind: 'image',
    output: 'array',
    format: 'jpg',
    price: { micro: 40_000, per: 'image' },
    input: {
      prompt,
      image_input: images,
      size: oneOf('2K', '4K'),
      aspect_ratio: oneOf('match_input_image', '1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', '21:9'),
      sequential_image_generation: oneOf('disabled', 'auto'),
      max_images: from(1, 15),
    },
  },
  {
    id: 'recraft-ai/recraft-v3',
    kind: 'image',
    output: 'string',
    format: 'webp',
    price: { micro: 40_000, per: 'image' },
    input: {
      prompt,
      size: oneOf(
        '1024x1024',
        '1365x1024',
        '1024x1365',
        '1536x1024',
        '1024x1536',
        '1820x1024',
        '1024x1820',
        '1024x2048',
        '2048x1024',
        '1434x1024',
        '1024x1434',
        '1024x1280',
        '1280x1024',
        '1024x1707',
        '1707x1024',
      ),
      style: oneOf(
        'any',
        'realistic_image',
        'digital_illustration',
        'digital_illustration/grain',
        'digital_illustration/2d_art_poster',
      ),
    },
  },
  {
    id: 'bytedance/seedance-1-pro',
    kind: 'video',
    output: 'string',
    format: 'jpg',
    price: { micro: 120_000, per: 'second' },
    input: {
      prompt,
      seed,
      image,
      last_frame_image: image,
      duration: from(2, 12),
      resolution: oneOf('480p', '720p', '1080p'),
      aspect_ratio: oneOf('16:9', '4:3', '1:1', '3:4', '9:16', '21:9', '9:21'),
      fps: { type: 'integer', minimum: 24, maximum: 24 },
      camera_fixed: flag,
    },
  },
  {
    id: 'bytedance/seedance-1-lite',
    kind: 'video',
    output: 'string',
    format: 'jpg',
    price: { micro: 40_000, per: 'second' },
    input: {
      prompt,
      seed,
      image,
      last_frame_image: image,
      reference_images: images,
      duration: from(2, 12),
      resolution: oneOf('480p', '720p', '1080p'),
      aspect_ratio: oneOf('16:9', '4:3', '1:1', '3:4', '9:16', '21:9', '9:21'),
      fps: { type: 'integer', minimum: 24, maximum: 24 },
      camera_fixed: flag,
    },
  },
  {
    id: 'minimax/video-01',
    kind: 'video',
    output: 'string',
    format: 'jpg',
    price: { micro: 500_000, per: 'clip' },
    input: { prompt, first_frame_image: image, subject_reference: image, prompt_optimizer: flag },
  },
  {
    id: 'kwaivgi/kling-v2.5-turbo-pro',
    kind: 'video',
    output: 'string',
    format: 'jpg',
    price: { micro: 70_000, per: 'second' },
    input: {
      prompt,
      negative_prompt: { type: 'string' },
      start_image: image,
      image,
      aspect_ratio: oneOf('16:9', '9:16', '1:1'),
      duration: { type: 'integer', enum: ['5', '10'] },
    },
  },
  {
    id: 'wan-video/wan-2.5-t2v',
    kind: 'video',
    output: 'string',
    format: 'jpg',
    price: { micro: 100_000, per: 'second' },
    input: {
      prompt,
      negative_prompt: { type: 'string' },
      seed,
      audio: image,
      size: oneOf('832*480', '480*832', '1280*720', '720*1280', '1920*1080', '1080*1920'),
      duration: { type: 'integer', enum: ['5', '10'] },
      enable_prompt_expansion: flag,
    },
  },
];

export function findModel(id: string): ReplicateModel | undefined {
  return models.find((model) => model.id === id);
}

/** How many files one prediction makes. */
export function outputCount(model: ReplicateModel, input: Record<string, unknown>): number {
  if (model.output === 'string') return 1;
  if (input.sequential_image_generation !== undefined && input.sequential_image_generation !== 'auto') return 1;
  return Number(input.num_outputs ?? input.max_images ?? 1);
}

/** Price of one prediction in micro-USD. */
export function priceOf(model: ReplicateModel, input: Record<string, unknown>): number {
  const units = { image: outputCount(model, input), clip: 1, second: Number(input.duration ?? 5) };
  return model.price.micro * units[model.price.per];
}

/** Pixel size of an image: about a megapixel in exactly the asked proportions, or the asked size itself. */
export function imageSize(input: Record<string, unknown>): { width: number; height: number } {
  const { aspect_ratio: aspect, width, height } = input;
  if (aspect === 'custom' && typeof width === 'number' && typeof height === 'number') {
    return { width: Math.round(width / 32) * 32, height: Math.round(height / 32) * 32 };
  }
  const fixed = /^(\d+)x(\d+)$/.exec(String(input.size ?? input.resolution ?? ''));
  if (fixed !== null) return { width: Number(fixed[1]), height: Number(fixed[2]) };
  const [across, down] = /^(\d+):(\d+)$/
    .exec(String(aspect ?? ''))
    ?.slice(1)
    .map(Number) ?? [1, 1];
  const side = input.megapixels === '0.25' ? 512 : 1024;
  const unit = Math.max(8, Math.round(side / Math.sqrt((across as number) * (down as number)) / 8) * 8);
  return { width: (across as number) * unit, height: (down as number) * unit };
}
