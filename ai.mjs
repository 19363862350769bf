import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { serve, violate, note, onlyKeys, rid } from './kit.mjs';
export const ai = { groqKey: 'gsk_outside_test_key_000', replicateToken: 'r8_outside_test_token_0000', chats: [], predictions: [], deliveryOrigin: null, outputs: 'replicate.delivery', banNext: 0, files: new Map(), downloads: [], deliveryMode: null };
const models = { 'openai/gpt-oss-120b': 65536, 'openai/gpt-oss-20b': 65536, 'qwen/qwen3.8-27b': 16384, 'openai/gpt-oss-safeguard-20b': 65536 };
const strictOk = ['openai/gpt-oss-120b', 'openai/gpt-oss-20b', 'qwen/qwen3.8-27b'];
const gerr = (status, type, code, message, extra = {}) => ({ status, json: { error: { message, type, code, ...extra } } });
export const groqError = gerr;
const limits = () => ({ 'x-ratelimit-limit-requests': '1000', 'x-ratelimit-remaining-requests': '990', 'x-ratelimit-limit-tokens': '8000', 'x-ratelimit-remaining-tokens': '7900', 'x-ratelimit-reset-requests': '2m52.8s', 'x-ratelimit-reset-tokens': '547ms', 'x-request-id': 'req_' + rid(8) });
export const groq = await serve('groq', (req) => {
  const out = chat(req); out.headers = { ...limits(), ...out.headers }; return out;
});
function chat(req) {
  const S = 'groq';
  if (req.headers.authorization !== `Bearer ${ai.groqKey}`) { violate(S, req, 'authorization'); return gerr(401, 'invalid_request_error', 'invalid_api_key', 'Invalid API Key'); }
  if (req.path === '/openai/v1/models' && req.method === 'GET') return { json: { object: 'list', data: Object.entries(models).map(([id, m]) => ({ id, object: 'model', created: 1754400000, owned_by: id.split('/')[0], active: true, context_window: 131072, max_completion_tokens: m, public_apps: null })) } };
  if (req.path !== '/openai/v1/chat/completions' || req.method !== 'POST') { violate(S, req, 'unknown path'); return gerr(404, 'invalid_request_error', 'unknown_url', 'Unknown'); }
  const b = req.json;
  if (!b) { violate(S, req, 'no JSON'); return gerr(400, 'invalid_request_error', null, 'json'); }
  const bad400 = (text) => { violate(S, req, text); return gerr(400, 'invalid_request_error', null, text); };
  const dead = ['frequency_penalty', 'presence_penalty', 'logit_bias', 'logprobs', 'top_logprobs'];
  for (const k of dead) if (k in b) return bad400(`unsupported parameter ${k}`);
  for (const k of ['metadata', 'store', 'max_tokens']) if (k in b) violate(S, req, `${k} is ignored or deprecated`);
  if (onlyKeys(S, req, b, ['model', 'messages', 'max_completion_tokens', 'max_tokens', 'temperature', 'top_p', 'seed', 'stop', 'stream', 'user', 'service_tier', 'response_format', 'tools', 'tool_choice', 'parallel_tool_calls', 'reasoning_effort', 'reasoning_format', 'include_reasoning', 'n', 'metadata', 'store'], 'body key').length) return gerr(400, 'invalid_request_error', null, 'property unsupported');
  if (!models[b.model]) { violate(S, req, `model ${b.model}`); return gerr(404, 'invalid_request_error', 'model_not_found', `The model \`${b.model}\` does not exist or you do not have access to it.`); }
  if (b.n !== undefined && b.n !== 1) return bad400('n must be 1');
  if ('include_reasoning' in b && 'reasoning_format' in b) return bad400('include_reasoning and reasoning_format exclude each other');
  if (b.model.includes('gpt-oss')) { if ('reasoning_format' in b) return bad400('reasoning_format on gpt-oss'); if (b.reasoning_effort && !['low', 'medium', 'high'].includes(b.reasoning_effort)) return bad400(`reasoning_effort ${b.reasoning_effort}`); }
  if (b.temperature !== undefined && (b.temperature < 0 || b.temperature > 2)) return bad400('temperature');
  if (b.max_completion_tokens > models[b.model]) return bad400('max_completion_tokens too large');
  for (const m of b.messages ?? []) { if (!['system', 'developer', 'user', 'assistant', 'tool'].includes(m.role)) return bad400(`role ${m.role}`); if (m.name) return bad400('messages[].name'); if (Array.isArray(m.content)) for (const p of m.content) { if (p.type === 'image_url' && b.model !== 'qwen/qwen3.8-27b') return bad400('image to a text model'); } }
  const rf = b.response_format;
  if (rf?.type === 'json_schema') {
    if (!strictOk.includes(b.model)) return bad400('This model does not support response format `json_schema`');
    if (b.stream || b.tools) return bad400('streaming or tools with structured outputs');
    const js = rf.json_schema; if (!js?.name || js.name.length > 64 || !/^[a-zA-Z0-9_-]+$/.test(js.name)) return bad400('json_schema.name');
    onlyKeys(S, req, js, ['name', 'description', 'schema', 'strict'], 'json_schema key');
    if (js.strict) { const e = strictProblems(js.schema, '$'); if (e.length) return bad400(`strict schema: ${e.slice(0, 4).join('; ')}`); if (js.schema.type !== 'object') return bad400('root must be an object'); }
    else note(S, req, 'json_schema without strict');
  } else if (rf?.type === 'json_object' && !/json/i.test(JSON.stringify(b.messages))) return bad400("'messages' must contain the word 'json'");
  const prompt = Math.ceil(JSON.stringify(b.messages).length / 4) + (rf ? Math.ceil(JSON.stringify(rf).length / 4) : 0);
  if (prompt > 8000) { violate(S, req, `prompt ${prompt} tokens > TPM`); return gerr(413, 'tokens', 'rate_limit_exceeded', `Request too large for model \`${b.model}\` on tokens per minute (TPM): Limit 8000, Requested ${prompt}`); }
  ai.chats.push(b);
  const value = rf?.json_schema ? fill(rf.json_schema.schema, '', { n: ai.chats.length, text: JSON.stringify(b.messages) }) : 'ok';
  let content = typeof value === 'string' ? value : JSON.stringify(value);
  if (ai.banNext > 0) { ai.banNext--; content = JSON.stringify(mapStrings(value, (k, s) => (/caption/.test(k) ? `${s} With guaranteed profit!` : s))); }
  const ct = Math.ceil(content.length / 4) + 120;
  return { json: { id: 'chatcmpl-' + rid(8), object: 'chat.completion', created: Math.floor(Date.now() / 1000), model: b.model, choices: [{ index: 0, message: { role: 'assistant', content, reasoning: 'thinking' }, logprobs: null, finish_reason: 'stop' }], usage: { queue_time: 0.02, prompt_tokens: prompt, prompt_time: 0.01, completion_tokens: ct, completion_time: 0.3, total_tokens: prompt + ct, total_time: 0.31, completion_tokens_details: { reasoning_tokens: 100 } }, usage_breakdown: null, system_fingerprint: 'fp_abc', service_tier: 'on_demand', x_groq: { id: 'req_' + rid(8), seed: 1 } } };
}
const mapStrings = (v, f, k = '') => (typeof v === 'string' ? f(k, v) : Array.isArray(v) ? v.map((x) => mapStrings(x, f, k)) : v && typeof v === 'object' ? Object.fromEntries(Object.entries(v).map(([kk, x]) => [kk, mapStrings(x, f, kk)])) : v);
function strictProblems(s, at) {
  const e = []; if (!s || typeof s !== 'object') return [`${at} is not a schema`];
  const known = ['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'items', 'description', 'anyOf', '$defs', '$ref', 'title', '$schema'];
  for (const k of Object.keys(s)) if (!known.includes(k)) e.push(`${at}: keyword ${k} (unproven under strict)`);
  const types = [].concat(s.type ?? []);
  if (types.includes('object')) {
    if (s.additionalProperties !== false) e.push(`${at}: additionalProperties must be false`);
    for (const k of Object.keys(s.properties ?? {})) { if (!(s.required ?? []).includes(k)) e.push(`${at}.${k} not required`); e.push(...strictProblems(s.properties[k], `${at}.${k}`)); }
  }
  if (types.includes('array')) e.push(...strictProblems(s.items, `${at}[]`));
  for (const x of s.anyOf ?? []) e.push(...strictProblems(x, at));
  if (Array.isArray(s.enum) && s.enum.length === 0) e.push(`${at}: empty enum`);
  return e;
}
const words = 'amber bread crust morning oven honey walnut seeded loaf butter tasting barista harvest cinnamon village window regulars neighbours weekend picnic thermos sourdough rye spelt roast garden lemon tart almond brioche plum basil river market terrace candle autumn lantern orchard kettle'.split(' ');
let wseq = 7;
const w = () => words[(wseq = (wseq * 31 + 11) % 9973) % words.length];
function fill(s, key, ctx) {
  if (s.anyOf) return fill(s.anyOf.find((x) => x.type !== 'null') ?? s.anyOf[0], key, ctx);
  if (s.enum) return ctx.forced?.[key] ?? s.enum[0];
  if ('const' in s) return s.const;
  const type = [].concat(s.type).find((t) => t !== 'null');
  if (type === 'object') return Object.fromEntries(Object.entries(s.properties ?? {}).map(([k, v]) => [k, fill(v, k, ctx)]));
  if (type === 'array') {
    if (/risk|claims/.test(key)) return [];
    const props = s.items?.properties ?? {};
    const each = Object.entries(props).find(([k, v]) => v.enum && /slot|platform|network|id$/.test(k) && !/cta|source/.test(k));
    if (each) return each[1].enum.map((value) => fill(s.items, '', { ...ctx, forced: { ...ctx.forced, [each[0]]: value } }));
    if (s.items?.enum) return [s.items.enum[0]];
    if (/hashtag/.test(key)) return [`#${w()}${w()}`, `#${w()}day`];
    return [fill(s.items, key.replace(/s$/, ''), ctx)];
  }
  if (type === 'boolean') return false;
  if (type === 'integer' || type === 'number') return 1;
  if (/hashtag/.test(key)) return '#' + w();
  if (/caption|text|body/.test(key)) return `${w()} and ${w()} with ${w()} near the ${w()}: our ${w()} ${w()} wants ${w()}, so come by for ${w()} ${w()}. (${ai.chats.length}-${wseq})`;
  if (/lang/.test(key)) return 'en';
  return `${w()} ${w()} ${w()} ${w()} ${key || 'text'}`;
}

// ---- Replicate (per-model tables of the facts, extra keys -> 422)
const E = (...v) => ({ enum: v }), STR = { t: 'string' }, BOOL = { t: 'boolean' }, INT = (a, b) => ({ int: [a, b] });
const fluxRatios = ['1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16', '9:21'];
const proRatios = ['custom', '1:1', '16:9', '3:2', '2:3', '4:5', '5:4', '9:16', '3:4', '4:3'];
const fmt = E('webp', 'jpg', 'png');
export const modelTable = {
  'black-forest-labs/flux-schnell': { out: 'array', in: { prompt: STR, aspect_ratio: { enum: fluxRatios }, num_outputs: INT(1, 4), num_inference_steps: INT(1, 4), seed: INT(0, 2 ** 32), output_format: fmt, output_quality: INT(0, 100), disable_safety_checker: BOOL, go_fast: BOOL, megapixels: E('1', '0.25') } },
  'black-forest-labs/flux-1.1-pro': { out: 'string', in: { prompt: STR, image_prompt: STR, aspect_ratio: { enum: proRatios }, width: INT(256, 1440), height: INT(256, 1440), safety_tolerance: INT(1, 5), seed: INT(0, 2 ** 32), prompt_upsampling: BOOL, output_format: fmt, output_quality: INT(0, 100) } },
  'recraft-ai/recraft-v3': { out: 'string', in: { prompt: STR, size: STR, style: STR } },
  'bytedance/seedream-4.5': { out: 'array', in: { prompt: STR, image_input: { t: 'object' }, size: E('2K', '4K'), aspect_ratio: E('match_input_image', '1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', '21:9'), sequential_image_generation: E('disabled', 'auto'), max_images: INT(1, 15) } },
  'minimax/video-01': { video: true, out: 'string', in: { prompt: STR, first_frame_image: STR, prompt_optimizer: BOOL } },
  'minimax/hailuo-2.3': { video: true, out: 'string', in: { prompt: STR, first_frame_image: STR, duration: E(6, 10), resolution: STR, prompt_optimizer: BOOL } },
  'minimax/hailuo-02': { video: true, out: 'string', in: { prompt: STR, first_frame_image: STR, duration: E(6, 10), resolution: STR, prompt_optimizer: BOOL } },
  'bytedance/seedance-1-pro': { video: true, out: 'string', in: { prompt: STR, image: STR, last_frame_image: STR, duration: INT(2, 12), resolution: E('480p', '720p', '1080p'), aspect_ratio: E('16:9', '4:3', '1:1', '3:4', '9:16', '21:9', '9:21'), fps: E(24), camera_fixed: BOOL, seed: INT(0, 2 ** 32) } },
  'bytedance/seedance-1-lite': { video: true, out: 'string', in: { prompt: STR, image: STR, last_frame_image: STR, reference_images: { t: 'object' }, duration: INT(2, 12), resolution: E('480p', '720p', '1080p'), aspect_ratio: E('16:9', '4:3', '1:1', '3:4', '9:16', '21:9', '9:21'), fps: E(24), camera_fixed: BOOL, seed: INT(0, 2 ** 32) } },
};
const rh = () => ({ 'ratelimit-remaining': '599', 'ratelimit-reset': '1' });
export const replicate = await serve('replicate', (req) => { const o = repl(req); o.headers = { ...rh(), ...o.headers }; return o; });
function repl(req) {
  const S = 'replicate';
  if (req.headers.authorization !== `Bearer ${ai.replicateToken}`) { violate(S, req, 'authorization'); return { status: 401, json: { title: 'Unauthenticated', detail: 'You did not pass a valid authentication token', status: 401 } }; }
  let m;
  if (req.method === 'GET' && req.path === '/v1/account') return { json: { type: 'user', username: 'outside', name: 'Outside', github_url: '' } };
  if (req.method === 'POST' && ((m = /^\/v1\/models\/([^/]+\/[^/]+)\/predictions$/.exec(req.path)) || req.path === '/v1/predictions')) {
    const b = req.json; if (!b) { violate(S, req, 'no JSON'); return { status: 422, json: { detail: 'body', status: 422 } }; }
    const name = m ? m[1] : b.version;
    const extra = onlyKeys(S, req, b, ['input', 'webhook', 'webhook_events_filter', ...(m ? [] : ['version'])], 'body key');
    if (extra.length) return { status: 422, json: { title: 'Input validation failed', detail: extra.join(), status: 422, invalid_fields: extra.map((f) => ({ type: 'additional_property_not_allowed', field: f, description: f })) } };
    const model = modelTable[name];
    if (!model) { violate(S, req, `model ${name} is not in the table`); return { status: 404, json: { detail: 'The requested resource could not be found.', status: 404 } }; }
    const wrong = [];
    if (typeof b.input?.prompt !== 'string' || !b.input.prompt) wrong.push('input.prompt: prompt is required');
    for (const [k, v] of Object.entries(b.input ?? {})) {
      const d = model.in[k];
      if (!d) { wrong.push(`input.${k}: unknown`); continue; }
      if (d.enum && !d.enum.includes(v)) wrong.push(`input.${k}: ${k} must be one of ${d.enum.join()} — was ${JSON.stringify(v)}`);
      if (d.int && (!Number.isInteger(v) || v < d.int[0] || v > d.int[1])) wrong.push(`input.${k}: ${v}`);
      if (d.t && d.t !== 'object' && typeof v !== d.t) wrong.push(`input.${k}: type ${typeof v}`);
    }
    if ((b.input?.width || b.input?.height) && b.input.aspect_ratio !== 'custom') wrong.push('input.width without custom aspect_ratio');
    if (wrong.length) { violate(S, req, wrong.join('; ')); return { status: 422, json: { title: 'Input validation failed', detail: wrong.map((x) => `- ${x}\n`).join(''), status: 422, invalid_fields: wrong.map((x) => ({ type: 'enum', field: x.split(':')[0], description: x })) } }; }
    if (b.input.disable_safety_checker) violate(S, req, 'safety checker disabled');
    const prefer = req.headers.prefer; if (prefer && !/^wait(=([1-9]|[1-5]\d|60))?$/.test(prefer)) violate(S, req, `Prefer: ${prefer}`);
    const ca = req.headers['cancel-after']; if (!ca) violate(S, req, 'no Cancel-After'); else if (!/^(\d+h)?(\d+m)?(\d+s)?$/.test(ca)) violate(S, req, `Cancel-After: ${ca}`);
    const p = { id: rid(13), name, model, input: b.input, status: 'starting', polls: 0, created_at: new Date().toISOString().replace('Z', '123Z'), urls: null };
    ai.predictions.push(p);
    return { status: 201, json: view(p) };
  }
  if (req.method === 'GET' && (m = /^\/v1\/predictions\/([a-z0-9]+)$/.exec(req.path))) {
    const p = ai.predictions.find((x) => x.id === m[1]); if (!p) { violate(S, req, 'unknown prediction'); return { status: 404, json: { detail: 'not found', status: 404 } }; }
    p.polls++; if (p.status === 'starting' && p.polls >= 1) p.status = 'processing'; else if (p.status === 'processing' && p.polls >= 3) { p.status = 'succeeded'; p.completed_at = new Date().toISOString(); }
    return { json: view(p) };
  }
  if (req.method === 'GET' && req.path === '/v1/predictions') { for (const k of req.query.keys()) if (!['cursor', 'created_after', 'created_before', 'source'].includes(k)) violate(S, req, `query ${k}`); return { json: { next: null, previous: null, results: [...ai.predictions].reverse().slice(0, 100).map(view) } }; }
  if (req.method === 'POST' && (m = /^\/v1\/predictions\/([a-z0-9]+)\/cancel$/.exec(req.path))) { const p = ai.predictions.find((x) => x.id === m[1]); if (p && !p.completed_at) p.status = 'canceled'; return { json: view(p) }; }
  if (req.method === 'GET' && (m = /^\/v1\/models\/([^/]+\/[^/]+)$/.exec(req.path))) return modelTable[m[1]] ? { json: { url: `https://replicate.com/${m[1]}`, owner: m[1].split('/')[0], name: m[1].split('/')[1], visibility: 'public', description: '', latest_version: null } } : { status: 404, json: { detail: 'not found', status: 404 } };
  violate(S, req, 'unknown path'); return { status: 404, json: { detail: 'not found', status: 404 } };
}
function view(p) {
  const done = p.status === 'succeeded';
  const ext = p.model.video ? 'mp4' : p.input.output_format ?? 'webp';
  const origin = ai.outputs === 'replicate.delivery' ? 'https://replicate.delivery' : ai.deliveryOrigin;
  const url = `${origin}/xezq/${p.id}/out-0.${ext}`;
  const o = { id: p.id, model: p.name, version: 'hidden', input: p.input, logs: p.status === 'processing' ? ' 50%|#####     | 2/4' : '', data_removed: false, error: null, status: p.status, created_at: p.created_at, source: 'api', urls: { web: `https://replicate.com/p/${p.id}`, get: `${replicate.origin}/v1/predictions/${p.id}`, cancel: `${replicate.origin}/v1/predictions/${p.id}/cancel` } };
  if (p.status !== 'starting') o.started_at = p.created_at;
  if (done) Object.assign(o, { output: p.model.out === 'array' ? [url] : url, completed_at: p.completed_at, metrics: { predict_time: 1.2, total_time: 1.5, image_count: 1 } });
  if (p.status === 'canceled') o.output = null;
  return o;
}
export const delivery = await serve('delivery', async (req) => {
  const S = 'delivery';
  if (req.headers.authorization) violate(S, req, 'token sent to the delivery host');
  const m = /^\/xezq\/([a-z0-9]+)\/out-0\.(\w+)$/.exec(req.path);
  const p = m && ai.predictions.find((x) => x.id === m[1]);
  if (!p) { violate(S, req, 'unknown file'); return { status: 404 }; }
  let body, type;
  if (p.model.video) { body = readFileSync('/tmp/outside/files/v916.mp4'); type = 'video/mp4'; }
  else {
    const [a, b] = (p.input.aspect_ratio ?? '1:1') === 'custom' ? [p.input.width, p.input.height] : (p.input.aspect_ratio ?? '1:1').split(':').map(Number);
    const k = Math.sqrt(1_000_000 / (a * b)); const width = Math.round((a * k) / 16) * 16, height = Math.round((b * k) / 16) * 16;
    const hue = parseInt(p.id.slice(0, 2), 16);
    const f = m[2] === 'jpg' ? 'jpeg' : m[2];
    body = await sharp({ create: { width, height, channels: 3, background: { r: hue, g: 255 - hue, b: 120 } } }).toFormat(f).toBuffer(); type = `image/${f}`;
  }
  ai.downloads.push(p.id);
  return { status: 200, body, headers: { 'content-type': type, etag: '"x"', 'accept-ranges': 'bytes', 'cache-control': 'public,max-age=3600' } };
});
ai.deliveryOrigin = delivery.origin;
