import { expect, test } from 'vitest';
import { validateDockerfile } from './dockerfile-rules.ts';

const dockerfile = `# comment
ARG VERSION=24
FROM public.ecr.aws/docker/library/node:24-alpine AS build
WORKDIR /app
COPY package.json ./
RUN npm install \\
  # between the lines
  --omit=dev
COPY src/ lib.js /app/
FROM build
COPY --from=build /nowhere ./
USER node:node
CMD ["node", "app.js"]
`;

const context = ['package.json', 'lib.js', 'src/app.js'];

function after(find: string, replace: string): string[] {
  expect(dockerfile).toContain(find);
  return validateDockerfile(dockerfile.replace(find, replace), context).map(({ line, rule, message }) => `${line} ${rule}: ${message}`);
}

test('a sound Dockerfile has no findings', () => {
  expect(validateDockerfile(dockerfile, context)).toEqual([]);
});

test('a here-document is no file of the build context, and what it holds is no instruction', () => {
  const written = dockerfile.replace('COPY src/', 'COPY <<EOF lib.js /etc/app.conf\nLISTEN 80\nEOF\nCOPY src/');
  expect(validateDockerfile(written, context)).toEqual([]);
});

test.each([
  ['an unknown instruction', 'WORKDIR', 'WORKDER', '4 instruction: WORKDER is no instruction of a Dockerfile.'],
  ['a start without FROM', 'ARG VERSION=24', 'RUN true', '2 from: A Dockerfile starts with FROM.'],
  [
    'a base image without a tag',
    'node:24-alpine',
    'node',
    '3 from: The base image public.ecr.aws/docker/library/node has no fixed version',
  ],
  [
    'a base image with latest',
    'node:24-alpine',
    'node:latest',
    '3 from: The base image public.ecr.aws/docker/library/node:latest has no fixed version',
  ],
  [
    'a base image of Docker Hub',
    'public.ecr.aws/docker/library/node',
    'node',
    '3 from: The base image node:24-alpine comes from Docker Hub',
  ],
  [
    'a copy of a file that is missing',
    'COPY package.json',
    'COPY package-lock.json',
    '5 copy: COPY wants package-lock.json, which the build context does not hold.',
  ],
  [
    'a copy of a folder that is missing',
    'COPY src/',
    'COPY ./public/',
    '9 copy: COPY wants public, which the build context does not hold.',
  ],
  ['a container that runs as root', 'USER node:node', 'USER root', '12 user: The container runs as root'],
  ['a container without a user', 'USER node:node\n', '', '12 user: The container runs as root'],
  ['a command in shell form', 'CMD ["node", "app.js"]', 'CMD node app.js', '13 cmd: CMD must be a JSON list'],
  ['an image that starts nothing', 'CMD ["node", "app.js"]\n', '', '12 cmd: The image starts nothing: add CMD.'],
])('finds %s', (_, find, replace, finding) => {
  expect(after(find, replace).join('\n')).toContain(finding);
});

test.each(['registry.example.com:5000/app@sha256:'.concat('a'.repeat(64)), 'localhost:5000/app:1', 'scratch'])(
  'accepts the base image %s',
  (image) => {
    expect(validateDockerfile(`FROM ${image}\nUSER 1000\nENTRYPOINT ["/app"]\n`, [])).toEqual([]);
  },
);
