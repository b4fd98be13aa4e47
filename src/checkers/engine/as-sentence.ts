/** What AWS says, ended so that a sentence of ours can follow: AWS often leaves out the full stop. */
export function asSentence(text: string): string {
  return text === '-' || /[.!?。]$/.test(text) ? text : `${text}.`;
}
