import { basename } from 'node:path';

export function isTemplateFile(path: string, text: string): boolean {
  return /\.(ya?ml|json|template)$/.test(path) && isTemplate(text);
}

/** Whether a text is meant to be a CloudFormation template. */
export function isTemplate(text: string): boolean {
  return /^["']?AWSTemplateFormatVersion["']?\s*:/m.test(text) || (/^Resources:/m.test(text) && /^\s+Type:\s*["']?AWS::/m.test(text));
}

/** Whether a text shows a whole template. Parts of templates refer to what they leave out. */
export function isWholeTemplate(text: string): boolean {
  return /^AWSTemplateFormatVersion\s*:/m.test(text) && /^Resources:/m.test(text) && !leavesOut(text);
}

/** Whether CodeBuild would read this file of a lab. */
export function isBuildspecFile(path: string): boolean {
  return /^buildspec.*\.ya?ml$/i.test(basename(path));
}

/** Whether a text is meant to be a buildspec. */
export function isBuildspec(text: string): boolean {
  return /^version:\s*["']?0\.\d/m.test(text) && /^\s*(phases|pre_build|build|post_build|install):/m.test(text);
}

/** Whether a text is meant to be a GitHub Actions workflow. */
export function isWorkflow(text: string): boolean {
  return /^["']?on["']?\s*:/m.test(text) && /^["']?jobs["']?\s*:/m.test(text);
}

/** Whether a text is meant to be the definition of a state machine. */
export function isStateMachine(text: string): boolean {
  return /^\s*\{/.test(text) && /"StartAt"\s*:/.test(text) && /"States"\s*:/.test(text);
}

/** Whether a text marks a place where something is left out (`...`, `# 생략`, `# 以下省略`). Such a text cannot be checked as a whole. */
export function leavesOut(text: string): boolean {
  return /^\s*(?:#\s*)?(?:\.{3}|…)|^\s*#\s*[(（]?(?:이하 ?|중간 ?|以下)?(?:생략|중략|省略|中略|後略|omitted)[)）]?\s*$/m.test(text);
}
