import { AuthoringError } from '../../markdown/read/authoring-error.ts';

/** The name under which the list of labs imports a lab: `week10-1-ecs` -> `week101Ecs`, `3-1-my-bucket` -> `lab31MyBucket`. */
export function importName(id: string): string {
  const name = id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return /^\d/.test(name) ? `lab${name}` : name;
}

const IMPORTS = /^(?:import (?:type )?[\w{}, ]+ from '[^'\n]+';\n)+/;
const LIST = /^(export const labs: readonly Lab\[\] = \[)([\s\S]*?)(\];)$/m;

/** What the list of labs (`src/checkers/index.ts`) consists of, when it has the shape that is safe to edit. */
function parts(source: string) {
  const imports = IMPORTS.exec(source);
  const list = LIST.exec(source);
  const names =
    list?.[2]
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '') ?? [];
  if (imports === null || list === null || names.some((name) => !/^\w+$/.test(name))) {
    throw new AuthoringError('src/checkers/index.ts no longer has a plain list of imports and labs: add the lab to it by hand.');
  }
  return { lines: imports[0].trimEnd().split('\n'), names };
}

function withParts(source: string, lines: readonly string[], names: readonly string[]): string {
  const single = `export const labs: readonly Lab[] = [${names.join(', ')}];`;
  const list = single.length <= 140 ? single : `export const labs: readonly Lab[] = [\n${names.map((name) => `  ${name},\n`).join('')}];`;
  return source.replace(IMPORTS, () => lines.map((line) => `${line}\n`).join('')).replace(LIST, () => list);
}

/**
 * The list of labs with one more, at its end.
 * Throws {@link AuthoringError} when the list is of another shape or has a lab of that name.
 */
export function register(source: string, id: string): string {
  const { lines, names } = parts(source);
  const name = importName(id);
  if (names.includes(name) || lines.some((line) => line.startsWith(`import ${name} `))) {
    throw new AuthoringError(`src/checkers/index.ts already imports something called ${name}: choose another id.`);
  }
  const all = [...lines, `import ${name} from './${id}/index.ts';`];
  // In the order the formatter keeps: by path.
  return withParts(
    source,
    all.toSorted((a, b) => compare(pathOf(a), pathOf(b))),
    [...names, name],
  );
}

/**
 * The list of labs with those of its labs alone whose ids are given.
 * Throws {@link AuthoringError} when the list is of another shape.
 */
export function registerOnly(source: string, ids: readonly string[]): string {
  const { lines, names } = parts(source);
  const isDropped = (line: string) => {
    const id = /^\.\/([^/]+)\/index\.ts$/.exec(pathOf(line))?.[1];
    return id !== undefined && !ids.includes(id);
  };
  const dropped = new Set(lines.filter(isDropped).map((line) => line.split(' ')[1]));
  return withParts(
    source,
    lines.filter((line) => !isDropped(line)),
    names.filter((name) => !dropped.has(name)),
  );
}

const pathOf = (line: string) => /'(.*)'/.exec(line)?.[1] ?? line;
const compare = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
