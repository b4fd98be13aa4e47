import { z } from 'zod';
import { unlessLost } from './findings.ts';
import type { Course } from './follow.ts';
import { couldBe, isKnown } from './text.ts';

interface WantedDefinition {
  /** The file's name, e.g. `imagedefinitions.json`. */
  readonly file: string;
  readonly container: string;
  /** `<registry>/<repository>:<tag>`. */
  readonly image: string;
}

/**
 * Whether a build writes the file with which CodePipeline deploys to Amazon ECS: `[{ "name": <container>, "imageUri": <image> }]`.
 * `perhaps`: that depends on what cannot be told; `misnamed`: the right content in a file of another name; `other-container`: `found` is the
 * container that it names; `wrong`: not the shape that Amazon ECS reads, or another image, `found` is its content.
 * Source: CodePipeline User Guide, "Image definitions file reference".
 */
export function imageDefinitionOf(course: Course, { file, container, image }: WantedDefinition) {
  const written = course.files.get(file);
  if (written === undefined) {
    const other = [...course.files].find(([, { content }]) => entriesOf(content)?.some(({ imageUri }) => couldBe(imageUri, image)));
    return other === undefined ? unlessLost(course) : ({ state: 'misnamed', found: other[0] } as const);
  }
  if (!written.certain) return { state: 'perhaps' } as const;
  const entries = entriesOf(written.content);
  const found = written.content.trim().slice(0, 200);
  // Content that programs such as jq make is not judged.
  if (entries === undefined) return isKnown(written.content) ? ({ state: 'wrong', found } as const) : ({ state: 'right' } as const);
  const ofImage = entries.filter(({ imageUri }) => couldBe(imageUri, image));
  if (ofImage.some(({ name }) => couldBe(name, container))) return { state: 'right' } as const;
  const [other] = ofImage;
  return other === undefined ? ({ state: 'wrong', found } as const) : ({ state: 'other-container', found: other.name } as const);
}

const entry = z.object({ name: z.string(), imageUri: z.string() });

/** The entries of an image definitions file; `undefined` for anything else. */
function entriesOf(content: string) {
  try {
    const list: unknown = JSON.parse(content);
    const entries = Array.isArray(list) ? list.flatMap((each) => entry.safeParse(each).data ?? []) : [];
    return entries.length > 0 ? entries : undefined;
  } catch {
    return undefined;
  }
}
