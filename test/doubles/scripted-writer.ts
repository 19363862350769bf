import type { StructuredRequest, TextGenerator } from '../../main/core/ports/index.ts';

interface Data {
  slots?: { slot_id: string; platforms: string[] }[];
}

/** An AI that keeps every request and writes plain texts, or what the test says. */
export class ScriptedWriter implements TextGenerator {
  readonly requests: StructuredRequest[] = [];
  /** Other wordings it answers with. */
  variants = ['Bread, still warm.', 'Smell that? It is our bread.', 'Your morning starts with warm bread.'];
  /** Thrown instead of an answer. */
  failure: Error | null = null;

  async generate(request: StructuredRequest) {
    this.requests.push(request);
    if (this.failure !== null) throw this.failure;
    const { slots = [] } = this.data(request);
    const json =
      request.schema.name === 'caption_variants'
        ? { variants: this.variants.map((caption) => ({ caption })) }
        : {
            posts: slots.map(({ slot_id, platforms }, index) => ({
              slot_id,
              variants: platforms.map((platform) => ({
                platform,
                caption:
                  `${ideas[(this.requests.length + index) % ideas.length]} ${'Really. '.repeat(this.requests.length)}`.trim(),
                hashtags: [],
                first_comment: null,
              })),
              alt_text: '',
              image_prompt: '',
            })),
          };
    const usage = {
      model: request.models[0] ?? '',
      inputTokens: 900,
      outputTokens: 120,
      images: 0,
      videos: 0,
      costMicroUsd: 207,
      latencyMs: 5,
    };
    return { json, usage };
  }

  /** The data section of a request. */
  data(request: Pick<StructuredRequest, 'task'> | undefined): Data & Record<string, unknown> {
    return JSON.parse(/--- data \w+\n([\s\S]*)\n--- end/.exec(request?.task ?? '')?.[1] ?? '{}') as Data &
      Record<string, unknown>;
  }
}

const ideas = [
  'The oven sings while the street is still asleep.',
  'Grandmother’s recipe card has butter on every corner.',
  'Rain outside, a quiet table inside.',
  'Ask Tom why he names his sourdough.',
  'Two chairs and one shared slice of cake.',
];
