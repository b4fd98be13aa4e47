import { DockerfileParser } from 'dockerfile-ast';

const ARGUMENT = /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g;
const MOST_LENGTH = 64 * 1024;

/**
 * The images that a Dockerfile starts from, in order; stages of its own and `scratch` are none. Values of `ARG` before the
 * first `FROM` are filled in. Source: Dockerfile reference, "FROM".
 */
export function baseImagesOf(text: string) {
  const dockerfile = DockerfileParser.parse(text.slice(0, MOST_LENGTH));
  const set = dockerfile
    .getInitialARGs()
    .flatMap((argument) => argument.getProperties().filter((one) => one.getAssignmentOperator() !== null));
  const defaults = new Map(set.map((one) => [one.getName(), one.getValue()]));
  const stages = new Set<string>();
  return dockerfile.getFROMs().flatMap((from) => {
    const image = (from.getImage() ?? '').replace(
      ARGUMENT,
      (whole, braced, otherwise, bare) => defaults.get(braced ?? bare) ?? otherwise ?? whole,
    );
    const isOwn = image === '' || image === 'scratch' || stages.has(image.toLowerCase());
    stages.add((from.getBuildStage() ?? '').toLowerCase());
    return isOwn ? [] : [baseImage(image)];
  });
}

/** What an image is that a stage of a Dockerfile begins with. */
function baseImage(image: string) {
  const [name = '', digest] = image.split('@');
  const tag = /:([^/]*)$/.exec(name)?.[1];
  // A first part with a dot or a port is a registry; without one the image is Docker Hub's.
  const host = name.includes('/') ? (name.split('/')[0] ?? '') : '';
  const registry = /[.:]/.test(host) || host === 'localhost' ? host : undefined;
  return {
    /** As written, e.g. `public.ecr.aws/docker/library/nginx:1.30-alpine`. */
    image,
    /** Comes from Docker Hub, which limits how often it may be pulled. */
    dockerHub: registry === undefined || /(^|\.)docker\.io$/.test(registry),
    /** Has a digest, or a tag other than `latest`. */
    pinned: digest !== undefined || (tag !== undefined && tag !== '' && tag !== 'latest'),
    /** Names a build argument, so what it is cannot be told. */
    open: image.includes('$'),
  };
}
