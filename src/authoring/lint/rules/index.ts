import type { Rule } from '../rule.ts';
import accountId from './account-id.ts';
import bold from './bold.ts';
import buildspec from './buildspec.ts';
import calloutKind from './callout-kind.ts';
import codeLanguage from './code-language.ts';
import commitHash from './commit-hash.ts';
import dockerfile from './dockerfile.ts';
import downloadLink from './download-link.ts';
import emptySection from './empty-section.ts';
import endMarker from './end-marker.ts';
import environmentVariable from './environment-variable.ts';
import fileList from './file-list.ts';
import fileName from './file-name.ts';
import frontMatter from './front-matter.ts';
import headingNumber from './heading-number.ts';
import imageText from './image-text.ts';
import json from './json.ts';
import link from './link.ts';
import markup from './markup.ts';
import missingFile from './missing-file.ts';
import misspeltName from './misspelt-name.ts';
import objective from './objective.ts';
import outputCode from './output-code.ts';
import outputKey from './output-key.ts';
import parameter from './parameter.ts';
import policy from './policy.ts';
import resourceName from './resource-name.ts';
import shell from './shell.ts';
import shellVariable from './shell-variable.ts';
import stackName from './stack-name.ts';
import staleTranslation from './stale-translation.ts';
import stateMachine from './state-machine.ts';
import stepNumber from './step-number.ts';
import stepReference from './step-reference.ts';
import syntax from './syntax.ts';
import tag from './tag.ts';
import taskChecker from './task-checker.ts';
import taskReference from './task-reference.ts';
import template from './template.ts';
import translation from './translation.ts';
import unmentionedFile from './unmentioned-file.ts';
import workflow from './workflow.ts';
import yaml from './yaml.ts';
import zipFiles from './zip-files.ts';
import zipName from './zip-name.ts';

/** Every rule of the lint. */
export const rules: readonly Rule[] = [
  accountId,
  bold,
  buildspec,
  calloutKind,
  codeLanguage,
  commitHash,
  dockerfile,
  downloadLink,
  emptySection,
  endMarker,
  environmentVariable,
  fileList,
  fileName,
  frontMatter,
  headingNumber,
  imageText,
  json,
  link,
  markup,
  missingFile,
  misspeltName,
  objective,
  outputCode,
  outputKey,
  parameter,
  policy,
  resourceName,
  shellVariable,
  shell,
  stackName,
  staleTranslation,
  stateMachine,
  stepNumber,
  stepReference,
  syntax,
  tag,
  taskChecker,
  taskReference,
  template,
  translation,
  unmentionedFile,
  workflow,
  yaml,
  zipFiles,
  zipName,
];
