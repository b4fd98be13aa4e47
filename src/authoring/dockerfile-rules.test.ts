import { expect, test } from 'vitest';
import { dockerErrors, validateDockerfile } from './dockerfile-rules.ts';

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
  ['an unknown instruction', 'WORKDIR', 'WORKDER', '4 instruction: WORKDER is not a Dockerfile instruction.'],
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
    '5 copy: COPY wants package-lock.json, which the build context does not contain.',
  ],
  [
    'a copy of a folder that is missing',
    'COPY src/',
    'COPY ./public/',
    '9 copy: COPY wants public, which the build context does not contain.',
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

const refusals = (lines: string) => dockerErrors(`FROM golang:1 AS build\n${lines}`).map(({ line, message }) => `${line} ${message}`);

test.each([
  ['COPY --from=builder /out /app', '2 COPY takes from builder, but the stages are called build.'],
  ['COPY --chown=app --from=Builder /out /app', '2 COPY takes from Builder, but the stages are called build.'],
  ['EXPOSE 80a', '2 EXPOSE takes ports such as 8080 or 53/udp, not 80a.'],
  ['EXPOSE 80 # web', '2 EXPOSE takes ports such as 8080 or 53/udp, not #.'],
  ["ENTRYPOINT ['web']", '2 The list of ENTRYPOINT is JSON and needs double quotes; with single ones Docker reads it as text.'],
  ["RUN true\nCMD [ 'node', 'app.js' ]", '3 The list of CMD is JSON and needs double quotes'],
])('Docker would not do what is meant by %j', (lines, message) => {
  expect(refusals(lines).join()).toContain(message);
});

test.each([
  'COPY --from=BUILD /out /app',
  'COPY --from=0 /out /app',
  'COPY --from=composer /usr/bin/composer /usr/bin/',
  'COPY --from=registry.example.com/builder /out /app',
  'COPY --from=${STAGE} /out /app',
  'COPY builder --from=x /app',
  'EXPOSE "80" 443/tcp 53/UDP 8000-8010 $PORT ${PORT}/tcp',
  "CMD [ -f '/app' ] && run",
  "RUN ['web'] || true",
  'ENTRYPOINT ["sh", "-c", "echo \'a\'"]',
])('Docker takes %j', (lines) => {
  expect(refusals(lines)).toEqual([]);
});

test('a file without named stages may take from anything', () => {
  expect(dockerErrors('FROM golang:1\nCOPY --from=builder /out /app\n')).toEqual([]);
});
