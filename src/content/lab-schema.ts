import { z } from 'zod';

/** The front matter every lab text carries (`src/content/labs/<lab>/<language>.mdx`), besides what Starlight itself understands. */
export const labSchema = z.object({
  /** The lab's name, in the text's language. */
  title: z.string().min(1),
  /** One or two sentences for the catalogue and for search engines. */
  description: z.string().min(1),
  /** Week of the course, from 1. */
  week: z.int().min(1),
  /** Session of that week, from 1. */
  session: z.int().min(1),
  /** Full names of the AWS services used, e.g. `AWS CodeBuild`. */
  awsServices: z.array(z.string().min(1)).min(1),
  /** What a student can do afterwards, one sentence each. */
  learningObjectives: z.array(z.string().min(1)).min(1),
  /** What a student should have done or know before. */
  prerequisites: z.array(z.string().min(1)),
  /** AWS region the lab is written for, e.g. `ap-northeast-2`. */
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region such as ap-northeast-2'),
  /** How long the lab takes, in minutes. */
  minutes: z.int().min(1),
  /** What doing the lab once costs at most, in US dollars, and what that assumes. */
  cost: z.object({ usd: z.number().min(0), note: z.string().min(1).optional() }),
  /** Group and name of the lab's zip without `.zip`, e.g. `week9/week9-2-cicd-lab`; needs a folder `files/`. */
  zip: z
    .string()
    .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'must be <group>/<name> in lower case, such as week9/week9-2-cicd-lab')
    .optional(),
  /** Texts of the page that stand for values of the student's account; where several fit, the longest wins. */
  values: z
    .array(
      z.object({
        /** The text as the page writes it, e.g. `<repository-name>`. */
        placeholder: z.string().min(1),
        /** The name under which a task publishes the value, e.g. `CodeCommitRepositoryName`. */
        value: z.string().min(1),
      }),
    )
    .default([]),
});

export type LabFrontmatter = z.infer<typeof labSchema>;
