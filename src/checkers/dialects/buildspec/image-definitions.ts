import { type Missing, unlessLost } from './findings.ts';
import type { Course } from './follow.ts';
import { couldBe, isKnown } from './text.ts';

export type DefinitionsFinding =
  | Missing
  | { readonly state: 'right' }
  /** Whether it is written depends on what cannot be told. */
  | { readonly state: 'perhaps' }
  /** The right content in a file of another name. */
  | { readonly state: 'misnamed'; readonly found: string }
  /** `found`: the container that it names instead. */
  | { readonly state: 'other-container'; readonly found: string }
  /** Not the shape that Amazon ECS reads, or another image. `found`: its content. */
  | { readonly state: 'wrong'; readonly found: string };

export interface WantedDefinition {
  /** The file's name, e.g. `imagedefinitions.json`. */
  readonly file: string;
  readonly container: string;
  /** `<registry>/<repository>:<tag>`. */
  readonly image: string;
}

/**
 * Whether a build writes the file with which CodePipeline deploys to Amazon ECS: `[{ "name": <container>, "imageUri": <image> }]`.
 * Source: CodePipeline User Guide, "Image definitions file reference".
 */
export function imageDefinitionOf(course: Course, { file, container, image }: WantedDefinition): DefinitionsFinding {
  const written = course.files.get(file);
  if (written === undefined) {
    const other = [...course.files].find(([, { content }]) => entriesOf(content)?.some(({ imageUri }) => couldBe(imageUri, image)));
    return other === undefined ? unlessLost(course) : { state: 'misnamed', found: other[0] };
  }
  if (!written.certain) return { state: 'perhaps' };
  const entries = entriesOf(written.content);
  const found = written.content.trim().slice(0, 200);
  // Content that programs such as jq make is not judged.
  if (entries === undefined) return isKnown(written.content) ? { state: 'wrong', found } : { state: 'right' };
  const ofImage = entries.filter(({ imageUri }) => couldBe(imageUri, image));
  if (ofImage.some(({ name }) => couldBe(name, container))) return { state: 'right' };
  const [other] = ofImage;
  return other === undefined ? { state: 'wrong', found } : { state: 'other-container', found: other.name };
}

interface Entry {
  readonly name: string;
  readonly imageUri: string;
}

/** The entries of an image definitions file; `undefined` for anything else. */
function entriesOf(content: string): readonly Entry[] | undefined {
  try {
    const list: unknown = JSON.parse(content);
    if (!Array.isArray(list)) return undefined;
    const entries = list.filter(
      (entry: unknown): entry is Entry =>
        typeof entry === 'object' &&
        entry !== null &&
        typeof Reflect.get(entry, 'name') === 'string' &&
        typeof Reflect.get(entry, 'imageUri') === 'string',
    );
    return entries.length > 0 ? entries : undefined;
  } catch {
    return undefined;
  }
}
