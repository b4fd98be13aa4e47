// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's own expansions
import { describe, expect, it } from 'vitest';
import { runShell } from './shell.ts';
import { type Call, newShell } from './shell-state.ts';
import { shown } from './text.ts';
import { runTextProgram } from './text-programs.ts';

const COMMIT = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';

/** Follows commands; programs called `act` are only noted, with `?` when they may not run. */
function follow(source: string, variables: Readonly<Record<string, string>> = {}, scripts: Readonly<Record<string, string>> = {}) {
  const done: string[] = [];
  const lost: string[] = [];
  const shell = newShell(variables, {
    run(call: Call) {
      if (call.name !== 'act') return runTextProgram(call, COMMIT);
      done.push(`${call.certain ? '' : '?'}${call.args.map(shown).join('|')}`);
      return { out: 'done\n', ended: true };
    },
    script: (path) => scripts[path],
    lost: (command) => lost.push(shown(command)),
  });
  const { out } = runShell(source, shell);
  const files = Object.fromEntries([...shell.files].map(([name, { content }]) => [name, shown(content)]));
  return { out: shown(out), done, lost, files };
}

describe('words', () => {
  it.each([
    ['act a "b c" \'d e\' f\\ g', 'a|b c|d e|f g'],
    ['X="a b"; act $X "$X" ${X}c', 'a|b|a b|a|bc'],
    ['X=; act $X "$X" end', '|end'],
    ['X=abcdef; act ${X:1:2} ${X: -2} ${X:2} ${#X}', 'bc|ef|cdef|6'],
    ['X=a/b/c; act ${X%/*} ${X%%/*} ${X#*/} ${X##*/}', 'a/b|a|b/c|c'],
    ['X=a-b-c; act ${X/-/_} ${X//-/_} ${X^^}', 'a_b-c|a_b_c|A-B-C'],
    ['act ${X:-a} ${Y:=b} $Y', 'a|b|b'],
    ['X=1; act ${X:+set} ${Z:+set} end', 'set|end'],
    ["act $'a\\tb'", 'a\tb'],
    ['act "$(echo "a  b")" $(echo "a  b") `echo c`', 'a  b|a|b|c'],
    ['act $NOWHERE:x', '…:x'],
    ['X=a; X+=b; act $X', 'ab'],
    ['act $((1 + 1)) end', '…|end'],
  ])('%s', (source, wanted) => {
    expect(follow(source).done).toEqual([wanted]);
  });
});

describe('what runs, and what may', () => {
  it.each([
    ['act a && act b || act c', ['a', 'b']],
    ['false && act a; false || act b', ['b']],
    ['! false && act a', ['a']],
    ['if [ a = a ]; then act a; else act b; fi', ['a']],
    ['if [ -z "$X" ]; then act a; else act b; fi', ['b']],
    ['if [[ "$X" == x && -n y ]]; then act a; fi', ['a']],
    ['if test "$NOWHERE" = 1; then act a; else act b; fi', ['?a', '?b']],
    ['[ -f Dockerfile ] && act a', ['?a']],
    ['for i in a b; do act $i; done', ['a', 'b']],
    ['while read line; do act "$line"; done < list', ['?…']],
    ['case "$X" in y) act a ;; x) act b ;; *) act c ;; esac', ['b']],
    ['case "$X" in *) act c ;; esac', ['c']],
    ['f() { act "$2" "$#"; }; f a b', ['b|2']],
    ['(Y=1; act $Y); act ${Y:-none}', ['1', 'none']],
    ['Y=1 act a; act ${Y:-none}', ['a', 'none']],
    ['export Y=1; act $Y; unset Y; act "$Y"', ['1', '']],
    ['act a &', ['a']],
    ['# act a', []],
    ['echo act a', []],
    ['sudo -E act a; env A=b act c; command act d; timeout 5 act e', ['a', 'c', 'd', 'e']],
    ['eval "act a"; bash -c "act b"; echo "act c" | sh', ['a', 'b', 'c']],
    ['. ./lib.sh; act $FROM_LIB', ['lib']],
    ['bash lib.sh; act ${FROM_LIB:-none}', ['none']],
  ])('%s', (source, wanted) => {
    expect(follow(source, { X: 'x' }, { './lib.sh': 'FROM_LIB=lib', 'lib.sh': 'FROM_LIB=lib' })).toMatchObject({ done: wanted, lost: [] });
  });

  it('does not know what a branch that may run has changed', () => {
    expect(follow('X=a; if [ "$NOWHERE" = 1 ]; then X=b; fi; act $X').done).toEqual(['…']);
  });
});

describe('files', () => {
  it.each([
    ['echo a > f; echo b >> ./f', { f: 'a\nb\n' }],
    ['printf "%s-%s" a b > out/f', { f: 'a-b' }],
    ['cat <<EOF > f\n$X\nEOF', { f: 'x\n' }],
    ["cat > f <<'EOF'\n$X\nEOF", { f: '$X\n' }],
    ['echo a | tee f g > /dev/null', { f: 'a\n', g: 'a\n' }],
    ['{ echo a; echo b; } > f', { f: 'a\nb\n' }],
    ['echo a > f; cp f g; rm f', { g: 'a\n' }],
    ['jq -n 1 > f', { f: '…' }],
    ['act a 2> errors', {}],
  ])('%s', (source, files) => {
    expect(follow(source, { X: 'x' }).files).toEqual(files);
  });

  it('are read back', () => {
    expect(follow('echo a > f; act $(cat f) "$(head -c 1 < f)"').done).toEqual(['a|a']);
  });
});

describe('what cannot be followed is reported', () => {
  it.each([
    ['make push', ['make push']],
    ['npm run build', ['npm run build']],
    ['./build.sh a', ['./build.sh a']],
    ['$TOOL push', ['… push']],
    ['python3 push.py', ['python3 push.py']],
    ['act a; echo "', ['act a; echo "']],
  ])('%s', (source, lost) => {
    expect(follow(source).lost).toEqual(lost);
  });
});

describe('hostile commands end', () => {
  it.each([
    ['a function that calls itself', 'f() { f; f; }; f'],
    ['two that call each other', 'f() { g; g; }; g() { f; f; }; f'],
    ['text that doubles', `X=aaaaaaaaaa; ${'X=$X$X$X; '.repeat(400)} act $X`],
    ['loops in loops', `${'for i in 1 2 3 4 5 6 7 8 9; do '.repeat(12)} act a; ${'done; '.repeat(12)}`],
    ['deep substitutions', `act ${'$(echo '.repeat(3000)}a${')'.repeat(3000)}`],
    ['deep defaults', `act ${'${X:-'.repeat(3000)}a${'}'.repeat(3000)}`],
    ['deep groups', `${'{ '.repeat(3000)}act a; ${'} '.repeat(3000)}`],
    ['a script that runs itself', './again.sh'],
    ['many commands', 'true; '.repeat(20_000)],
  ])('%s', (_, source) => {
    const { done, out } = follow(source, {}, { './again.sh': './again.sh; ./again.sh' });
    expect(done.length).toBeLessThan(6000);
    expect(out.length).toBeLessThan(20_000);
  });
});
