import { expect, it } from 'vitest';
import { baseImagesOf } from './dockerfile.ts';

it.each([
  ['FROM nginx', { image: 'nginx', dockerHub: true, pinned: false, open: false }],
  ['from nginx:latest', { image: 'nginx:latest', dockerHub: true, pinned: false, open: false }],
  ['FROM nginx:1.30-alpine', { image: 'nginx:1.30-alpine', dockerHub: true, pinned: true, open: false }],
  ['FROM library/nginx', { image: 'library/nginx', dockerHub: true, pinned: false, open: false }],
  ['FROM docker.io/library/nginx:1', { image: 'docker.io/library/nginx:1', dockerHub: true, pinned: true, open: false }],
  ['FROM localhost:5000/nginx', { image: 'localhost:5000/nginx', dockerHub: false, pinned: false, open: false }],
  ['FROM --platform=linux/amd64 public.ecr.aws/docker/library/nginx:1.30', { dockerHub: false, pinned: true }],
  ['FROM public.ecr.aws/docker/library/nginx', { dockerHub: false, pinned: false }],
  [`FROM nginx@sha256:${'a'.repeat(64)}`, { dockerHub: true, pinned: true }],
  ['# FROM other:1\nFROM \\\n  nginx:1 AS web', { image: 'nginx:1' }],
  [`ARG TAG="1.30"\nFROM public.ecr.aws/docker/library/nginx:\${TAG}`, { image: 'public.ecr.aws/docker/library/nginx:1.30', open: false }],
  [`FROM nginx:\${TAG:-1.30}`, { image: 'nginx:1.30', open: false }],
  ['FROM public.ecr.aws/docker/\\\nlibrary/nginx:1.30', { image: 'public.ecr.aws/docker/library/nginx:1.30' }],
  [`FROM scratch\nARG TAG=1.30\nFROM nginx:\${TAG}`, { image: 'nginx:${TAG}', open: true }],
  ['FROM nginx:1\nRUN <<EOF\nFROM other:1\nEOF', { image: 'nginx:1' }],
  ['ARG BASE\nFROM $BASE', { image: '$BASE', open: true }],
])('reads the base image of %j', (text, expected) => {
  expect(baseImagesOf(text)).toEqual([expect.objectContaining(expected)]);
});

it('counts neither stages of the file nor an empty start', () => {
  expect(
    baseImagesOf('FROM node:24 AS Build\nFROM scratch\nCOPY --from=build /x /x\nFROM build\nFROM nginx:1').map(({ image }) => image),
  ).toEqual(['node:24', 'nginx:1']);
  expect(baseImagesOf('')).toEqual([]);
  expect(baseImagesOf('RUN echo\nFROM')).toEqual([]);
});
