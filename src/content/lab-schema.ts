import { z } from 'zod';

const words = (error: string) => z.string({ error }).trim().min(1, { error });
const list = (error: string) => z.array(words(error), { error });
const wholeNumber = (from: number, error: string) => z.int({ error }).min(from, { error });

/**
 * The front matter of a lab text (`src/content/labs/<lab>/<language>.md` or `.mdx`), in addition to Starlight's own fields.
 * Every field may be missing, so that any document can become a page, but a field that is there must be valid.
 * Each message continues the field's name: `"week" must be …`.
 */
export const labSchema = z.object({
  /** The lab's name, in the text's language. Without it the text's first heading is the name. */
  title: words('must be the name of the lab, as text').optional(),
  /** One or two sentences for the catalogue and for search engines. */
  description: words('must be one or two sentences about the lab').optional(),
  /** Week of the course; some courses begin with 0. */
  week: wholeNumber(0, 'must be a whole number from 0, such as 9').optional(),
  /** Session of that week; some weeks begin with 0. */
  session: wholeNumber(0, 'must be a whole number from 0, such as 2').optional(),
  /** Full names of the AWS services used, e.g. `AWS CodeBuild`. */
  awsServices: list('must be a list of AWS services, one to a line after "- "').default([]),
  /** What a student can do afterwards, one sentence each. The lint looks for each of them in the tasks. */
  learningObjectives: list('must be a list of sentences, one to a line after "- "').default([]),
  /** What a student should have done or know before. */
  prerequisites: list('must be a list of sentences, one to a line after "- "').default([]),
  /** AWS region the lab is written for, e.g. `ap-northeast-2`. */
  region: z
    .string({ error: 'must be an AWS region such as ap-northeast-2' })
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region such as ap-northeast-2')
    .optional(),
  /** How long the lab takes, in minutes. */
  minutes: wholeNumber(1, 'must be the time the lab takes, in whole minutes, such as 90').optional(),
  /** What doing the lab once costs at most, in US dollars, and what that assumes. */
  cost: z
    .object(
      {
        usd: z.number({ error: 'must be an amount in US dollars, such as 0.10' }).min(0, { error: 'must not be negative' }),
        note: words('must say in words what the cost assumes').optional(),
      },
      { error: 'must have "usd" (an amount in US dollars) and may have "note"' },
    )
    .optional(),
  /**
   * Group and name of the lab's zip without `.zip`, e.g. `week9/week9-2-cicd-lab`; needs a folder `files/`.
   * Without it the text's link to `/files/<group>/<name>.zip` names the zip.
   */
  zip: z
    .string({ error: 'must be <group>/<name> in lower case, such as week9/week9-2-cicd-lab' })
    .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'must be <group>/<name> in lower case, such as week9/week9-2-cicd-lab')
    .optional(),
  /** For a translation: the language it was made from, and the hash of that text as it was then (`npm run lint:labs` tells the right one). */
  original: z
    .object(
      {
        language: z.enum(['ko', 'ja', 'en'], { error: 'must have the "language" it was made from: ko, ja or en' }),
        hash: z
          .string({ error: 'must have the "hash" of its original' })
          .regex(/^[0-9a-f]{16}$/, 'must have a "hash" of 16 hexadecimal digits'),
      },
      { error: 'must have "language" and "hash"' },
    )
    .optional(),
  /** Texts of the page that stand for values of the student's account; where several fit, the longest wins. */
  values: z
    .array(
      z.object(
        {
          /** The text as the page writes it, e.g. `<repository-name>`. */
          placeholder: words('must be the text as the page writes it, such as <repository-name>'),
          /** The name under which a task publishes the value, e.g. `CodeCommitRepositoryName`. */
          value: words('must be the name under which a task publishes the value'),
        },
        { error: 'must have "placeholder" and "value"' },
      ),
      { error: 'must be a list of { placeholder, value }' },
    )
    .default([]),
});

export type LabFrontmatter = z.infer<typeof labSchema>;
