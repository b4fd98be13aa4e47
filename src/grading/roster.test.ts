import { describe, expect, it } from 'vitest';
import { parseRoster } from './roster.ts';
import { UsageError } from './usage-error.ts';

const defaults = { region: 'ap-northeast-2', roleName: 'LabproofReadOnly' };
const read = (text: string | Uint8Array, more: { externalId?: string } = {}) =>
  parseRoster(typeof text === 'string' ? new TextEncoder().encode(text) : text, 'class.csv', { ...defaults, ...more });

function problemsOf(text: string | Uint8Array): readonly string[] {
  try {
    read(text);
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown.problems;
    throw thrown;
  }
  return [];
}

describe('a roster', () => {
  it('needs no more than student and account', () => {
    expect(read('student,account\nkim,012345678901\n')).toEqual([
      { student: 'kim', account: '012345678901', region: 'ap-northeast-2', roleArn: 'arn:aws:iam::012345678901:role/LabproofReadOnly' },
    ]);
  });

  it('takes every column, in any order and case', () => {
    const arn = 'arn:aws:iam::123456789012:role/labs/Grader';
    expect(
      read(`Account,EMAIL,student,name,region,profile,role_arn,external_id\n123456789012,k@x.kr,kim,김민준,us-east-1,class,${arn},ab-1\n`),
    ).toEqual([
      {
        student: 'kim',
        account: '123456789012',
        name: '김민준',
        email: 'k@x.kr',
        region: 'us-east-1',
        profile: 'class',
        roleArn: arn,
        externalId: 'ab-1',
      },
    ]);
  });

  it('reads what spreadsheets write: byte order mark, CRLF, quotes, blank and empty lines, spaces, short rows, dashes', () => {
    const text = '\uFEFFstudent,account,name\r\n"kim, ""minjun""",123456789012,"김\r\n민준"\r\n\r\n,,\r\n lee , 1234-5678-9013 \r\n';
    expect(read(text)).toMatchObject([
      { student: 'kim, "minjun"', account: '123456789012', name: '김\r\n민준' },
      { student: 'lee', account: '123456789013' },
    ]);
  });

  it('prefers the row to the flag', () => {
    const entries = read('student,account,external_id\na,111111111111,own\nb,222222222222,\n', { externalId: 'shared' });
    expect(entries.map(({ externalId }) => externalId)).toEqual(['own', 'shared']);
  });

  it('names the role in the partition of the region', () => {
    const entries = read('student,account,region\na,111111111111,cn-north-1\nb,222222222222,us-gov-west-1\n');
    expect(entries.map(({ roleArn }) => roleArn.split(':')[1])).toEqual(['aws-cn', 'aws-us-gov']);
  });
});

describe('a bad roster', () => {
  it('is told all at once, line by line and column by column', () => {
    const text = [
      'student,account,role_arn,region,external_id',
      ',123456789012,,,',
      'a,12345678901,,,',
      'b,1.23457E+11,,,',
      'c,12345678901x,,,',
      '"d',
      'e",,,,',
      'f,111111111111,arn:aws:iam::222222222222:role/X,,',
      'g,111111111112,LabproofReadOnly,Seoul,x',
      'h,333333333333,,,',
      'h,444444444444,,,',
      'i,333333333333,,,',
      'j,555555555555,,,,too,many',
    ].join('\n');
    expect(problemsOf(text)).toMatchInlineSnapshot(`
      [
        "class.csv line 2, column "student": it is empty; write a name or number that tells this student from the others.",
        "class.csv line 3, column "account": "12345678901" has 11 digits, an account has 12; a spreadsheet may have dropped a leading zero: format the column as text and write "012345678901".",
        "class.csv line 4, column "account": "1.23457E+11" is a number a spreadsheet has shortened, its digits are lost; format the column as text and enter the 12 digits again.",
        "class.csv line 5, column "account": "12345678901x" is not an AWS account; write its 12 digits.",
        "class.csv line 6, column "account": it is empty; write the 12 digits of the AWS account.",
        "class.csv line 8, column "role_arn": the role belongs to account 222222222222, the row is about account 111111111111; correct one of them.",
        "class.csv line 9, column "region": "Seoul" is not a region; write it like "ap-northeast-2".",
        "class.csv line 9, column "external_id": "x" is not an ExternalId; it has at least 2 letters, digits or characters of _+=,.@:/-.",
        "class.csv line 9, column "role_arn": "LabproofReadOnly" is not a role ARN; write it like "arn:aws:iam::123456789012:role/LabproofReadOnly".",
        "class.csv line 11, column "student": "h" is on line 10 already; every student has one line.",
        "class.csv line 12, column "account": account 333333333333 in ap-northeast-2 is on line 10 already; every account has one line.",
        "class.csv line 13: there are 7 cells under 5 columns; put quotes around a cell that contains a comma.",
      ]
    `);
  });

  it.each([
    ['nothing', ''],
    ['only blank lines', '\n\n'],
    ['only a header', 'student,account\n'],
    ['no header', 'kim,123456789012\n'],
    ['a strange column', 'student,account,e-mail\nkim,123456789012,x\n'],
    ['a column twice', 'student,account,student\nkim,123456789012,x\n'],
    ['semicolons', 'student;account\nkim;123456789012\n'],
    ['an open quotation mark', 'student,account\n"kim,123456789012\n'],
    ['another encoding', new Uint8Array([...new TextEncoder().encode('student,account\n'), 0xb1, 0xe8, 0x0a])],
  ])('with %s', (_case, text) => {
    expect(problemsOf(text)).toMatchSnapshot();
  });
});
