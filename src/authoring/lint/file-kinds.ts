import { basename } from 'node:path';

export function isTemplateFile(path: string, text: string): boolean {
  return /\.(ya?ml|json|template)$/.test(path) && isTemplate(text);
}

/** A text that wants to be a CloudFormation template. */
export function isTemplate(text: string): boolean {
  return /^["']?AWSTemplateFormatVersion["']?\s*:/m.test(text) || (/^Resources:/m.test(text) && /^\s+Type:\s*["']?AWS::/m.test(text));
}

/** A template that is shown whole; a part of one refers to what it leaves out. */
export function isWholeTemplate(text: string): boolean {
  return /^AWSTemplateFormatVersion\s*:/m.test(text) && /^Resources:/m.test(text) && !leavesOut(text);
}

/** A file of a lab that CodeBuild would read. */
export function isBuildspecFile(path: string): boolean {
  return /^buildspec.*\.ya?ml$/i.test(basename(path));
}

/** A text that wants to be a buildspec. */
export function isBuildspec(text: string): boolean {
  return /^version:\s*["']?0\.\d/m.test(text) && /^\s*(phases|pre_build|build|post_build|install):/m.test(text);
}

/** A text that wants to be a GitHub Actions workflow. */
export function isWorkflow(text: string): boolean {
  return /^["']?on["']?\s*:/m.test(text) && /^["']?jobs["']?\s*:/m.test(text);
}

/** A text that wants to be a state machine's definition. */
export function isStateMachine(text: string): boolean {
  return /^\s*\{/.test(text) && /"StartAt"\s*:/.test(text) && /"States"\s*:/.test(text);
}

/** A part of something, with what is left out marked as such (`...`, `# 생략`, `# 以下省略`): nothing to be judged as a whole. */
export function leavesOut(text: string): boolean {
  return /^\s*(?:#\s*)?(?:\.{3}|…)|^\s*#\s*[(（]?(?:이하 ?|중간 ?|以下)?(?:생략|중략|省略|中略|後略|omitted)[)）]?\s*$/m.test(text);
}
