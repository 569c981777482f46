import { FILE_BYTES_MAX } from '../../engine/scenario/limits';
import type { Localized } from '../../engine/view';
import { fromBase64Url, toBase64Url } from './base64url';
import { deflate, inflate } from './deflate';
import { pack, type RunPackage, type Unpacked, unpack } from './package';

/** Longer links are cut by what people paste them into. */
export const LINK_CHARS_MAX = 32_000;

/** The run as text for an address; undefined when it is too long for one: then a file is the way to share it. */
export async function encodeLink(run: RunPackage): Promise<string | undefined> {
  const text = toBase64Url(await deflate(new TextEncoder().encode(pack(run))));
  return text.length > LINK_CHARS_MAX ? undefined : text;
}

/** Reads what stands in an address: anybody may have written it. */
export async function decodeLink(text: string): Promise<Unpacked> {
  if (text.length > LINK_CHARS_MAX) return { ok: false, message: TOO_LARGE };
  const bytes = fromBase64Url(text);
  if (bytes === undefined || bytes.length === 0) return { ok: false, message: DAMAGED };
  const whole = await inflate(bytes, FILE_BYTES_MAX);
  if (whole === 'too large') return { ok: false, message: TOO_LARGE };
  if (whole === 'broken') return { ok: false, message: DAMAGED };
  return unpack(new TextDecoder().decode(whole));
}

const DAMAGED: Localized = {
  en: 'It is damaged: a part of the address is missing or was changed.',
  zh: '链接已损坏：地址缺了一部分或被改动过。',
};
const TOO_LARGE: Localized = {
  en: 'It is larger than a run may be.',
  zh: '它超出了一次运行允许的大小。',
};
