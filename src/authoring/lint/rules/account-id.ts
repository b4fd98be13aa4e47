import { linesBefore } from '../../../markdown/read/lines.ts';
import { defineRule } from '../rule.ts';

/** Account ids that the documentation of AWS uses as examples, and ids that are obviously not real. */
const EXAMPLES =
  /^(?:123456789012|012345678901|(\d)\1{11}|(?:(\d)\2{3}){3}|111122223333|444455556666|777788889999|098765432109|210987654321|123412341234)$/;

/**
 * Accounts of AWS that its documentation tells readers to use: load balancers that write logs (Elastic Load Balancing User Guide, "Enable
 * access logs"), and the images of EKS add-ons, of Amazon Linux and of deep learning containers.
 */
const AWS_OWN = new Set(
  (
    '127311923021 033677994240 027434742980 797873946194 098369216593 754344448648 589379963580 718504428378 383597477331 600734575887 ' +
    '114774131450 783225319266 582318560864 985666609251 054676820928 156460612806 652711504416 635631232127 009996457667 897822967062 ' +
    '076674570225 507241528517 602401143452 800184023465 137112412989 763104351884 906394416424 840364872350'
  ).split(' '),
);

/**
 * Places of an account id: in an ARN, in the address of a registry or queue, in the member "account" of an event, and after the word
 * "account" in a sentence.
 */
const PLACES =
  /(?:arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:(?=\d{12}:(?!layer:))|\b(?=\d{12}\.dkr\.ecr\.)|amazonaws\.com\/(?=\d{12}\/)|"\w*account(?:id)?"\s*:\s*"(?=\d{12}")|(?:계정|アカウント|\baccount)[ \t]?(?:ID|번호|番号)?[은는이가はがis: \t`'"]{0,6}(?=\d{12}(?!\d)))(\d{12})/gi;

export default defineRule({
  id: 'account-id',
  doc: 'The text names no account ids except the examples of AWS.',
  check({ documents }, report) {
    for (const { path, source } of documents) {
      const told = new Set<string>();
      for (const match of source.matchAll(PLACES)) {
        const id = match[1] ?? '';
        if (EXAMPLES.test(id) || AWS_OWN.has(id) || told.has(id)) continue;
        told.add(id);
        const line = 1 + linesBefore(source, match.index);
        report(
          { path, line },
          `${id} may be somebody's account; students have accounts of their own.`,
          'Write 123456789012, and list it under "values" in the front matter so that the page fills in the student\'s.',
        );
      }
    }
  },
});
