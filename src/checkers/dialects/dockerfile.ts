/** Where a stage of a Dockerfile begins. */
export interface BaseImage {
  /** As written, e.g. `public.ecr.aws/docker/library/nginx:1.30-alpine`. */
  readonly image: string;
  /** Comes from Docker Hub, which limits how often it may be pulled. */
  readonly dockerHub: boolean;
  /** Has a digest, or a tag other than `latest`. */
  readonly pinned: boolean;
  /** Names a build argument, so what it is cannot be told. */
  readonly open: boolean;
}

const ARGUMENT = /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g;
const MOST_LENGTH = 64 * 1024;

/**
 * The images that a Dockerfile starts from, in order; stages of its own and `scratch` are none. Values of `ARG` before the
 * first `FROM` are filled in. Source: Dockerfile reference, "FROM".
 */
export function baseImagesOf(text: string): BaseImage[] {
  const lines = text
    .slice(0, MOST_LENGTH)
    .split(/\r?\n/)
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n');
  const stages = new Set<string>();
  const defaults = new Map<string, string>();
  const found: BaseImage[] = [];
  for (const line of lines) {
    const [instruction = '', ...words] = line.trim().split(/\s+/);
    const name = instruction.toUpperCase();
    if (name === 'ARG' && found.length === 0) {
      for (const [, key = '', value = ''] of words.map((word) => /^(\w+)=(.*)$/.exec(word) ?? [])) defaults.set(key, unquoted(value));
    }
    if (name !== 'FROM') continue;
    const [written = '', as = '', stage = ''] = words.filter((word) => !word.startsWith('--'));
    const image = written.replace(ARGUMENT, (whole, braced, otherwise, bare) => defaults.get(braced ?? bare) ?? otherwise ?? whole);
    if (as.toUpperCase() === 'AS') stages.add(stage.toLowerCase());
    if (image !== '' && image !== 'scratch' && !stages.has(image.toLowerCase())) found.push(baseImage(image));
  }
  return found;
}

function baseImage(image: string): BaseImage {
  const [name = '', digest] = image.split('@');
  const tag = /:([^/]*)$/.exec(name)?.[1];
  // A first part with a dot or a port is a registry; without one the image is Docker Hub's.
  const host = name.includes('/') ? (name.split('/')[0] ?? '') : '';
  const registry = /[.:]/.test(host) || host === 'localhost' ? host : undefined;
  return {
    image,
    dockerHub: registry === undefined || /(^|\.)docker\.io$/.test(registry),
    pinned: digest !== undefined || (tag !== undefined && tag !== '' && tag !== 'latest'),
    open: image.includes('$'),
  };
}

const unquoted = (value: string) => value.replace(/^(["'])(.*)\1$/, '$2');
