import type { Members } from '../json.ts';

/** A value that a state hands over: written in the definition, or taken from the execution by an expression. */
type InputValue = { readonly from: 'definition'; readonly value: unknown } | { readonly from: 'execution'; readonly expression: string };

/**
 * The value of a member of a state's input: `"Name": value`, `"Name.$": "$.path"` (JSONPath), or `"Name": "{% ... %}"`
 * (JSONata). `undefined` when there is none.
 */
export function inputValue(members: Members, name: string): InputValue | undefined {
  const path = members[`${name}.$`];
  if (typeof path === 'string') return { from: 'execution', expression: path };
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  if (value === undefined) return undefined;
  const jsonata = typeof value === 'string' ? /^\s*\{%(.*)%\}\s*$/s.exec(value)?.[1] : undefined;
  return jsonata === undefined ? { from: 'definition', value } : { from: 'execution', expression: jsonata.trim() };
}

/**
 * The variables that a `codebuild:startBuild` hands to the build: its `EnvironmentVariablesOverride`.
 * `undefined` when the whole list comes from the execution, so that nothing is known of it.
 */
export function environmentOverrides(input: Members) {
  const list = inputValue(input, 'EnvironmentVariablesOverride');
  if (list === undefined) return [];
  if (list.from === 'execution' || !Array.isArray(list.value)) return undefined;
  return list.value
    .filter((each): each is Members => typeof each === 'object' && each !== null)
    .flatMap((each) => {
      const name = inputValue(each, 'Name');
      const type = inputValue(each, 'Type');
      if (name?.from !== 'definition' || typeof name.value !== 'string') return [];
      // `PLAINTEXT` is what it is when it does not say.
      return { name: name.value, type: type?.from === 'definition' ? String(type.value) : 'PLAINTEXT', value: inputValue(each, 'Value') };
    });
}
