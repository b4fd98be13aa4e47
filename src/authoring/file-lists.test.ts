import { expect, test } from 'vitest';
import { compareFileLists } from './file-lists.ts';

const zip = 'week1/demo-lab';
const contents = [{ path: 'demo-lab/README.md' }, { path: 'demo-lab/src/app.js' }, { path: 'demo-lab/src/lib/a.js' }];

const text = `
\`\`\`
demo-lab/
├── src/
│   ├── app.js
│   └── lib/
│       └── a.js
└── README.md
\`\`\`

> [!DOWNLOAD]
> [demo-lab.zip](/files/week1/demo-lab.zip)
>
> - \`README.md\` - guide
> - \`src/app.js\` - app
> - \`src/lib/a.js\` - library
>
> - task 1: not a file

Another paragraph with \`other.js\`.
`;

const said = (body: string) => compareFileLists(body, zip, contents).map(({ message }) => message);

test('a text that names exactly what the zip holds has no differences', () => {
  expect(said(text)).toEqual([]);
});

test.each([
  ['a file missing in the tree', text.replace('└── README.md\n', ''), 'The zip holds README.md, but the tree drawing does not name it.'],
  [
    'a file too many in the tree',
    text.replace('├── src/', '├── old.js\n├── src/'),
    'In the tree drawing stands old.js, but the zip does not hold it.',
  ],
  [
    'a file missing in the box',
    text.replace('> - `src/app.js` - app\n', ''),
    'The zip holds src/app.js, but the DOWNLOAD box does not name it.',
  ],
  [
    'a file too many in the box',
    text.replace('> - `README.md`', '> - `x.js`\n> - `README.md`'),
    'In the DOWNLOAD box stands x.js, but the zip does not hold it.',
  ],
  [
    'a file named twice',
    text.replace('> - `README.md`', '> - `README.md`\n> - `README.md`'),
    'In the DOWNLOAD box, README.md stands twice.',
  ],
  [
    'another zip linked',
    text.replace('](/files/week1/demo-lab.zip)', '](/files/week2/demo-lab.zip)'),
    "The text links to /files/week2/demo-lab.zip, but the lab's zip is /files/week1/demo-lab.zip.",
  ],
  ['no link', text.replace('(/files/week1/demo-lab.zip)', ''), 'The text has no link to /files/week1/demo-lab.zip.'],
  ['no tree', text.replaceAll('```', ''), "The text lacks the tree drawing of the zip's files."],
  ['no box', text.replace('[!DOWNLOAD]', '[!NOTE]'), "The text lacks the DOWNLOAD box of the zip's files."],
])('finds %s', (_, body, message) => {
  expect(said(body)).toContain(message);
});

test('a file in the wrong folder is two differences', () => {
  expect(said(text.replace('│       └── a.js', '│   └── a.js'))).toEqual([
    'The zip holds src/lib/a.js, but the tree drawing does not name it.',
    'In the tree drawing stands src/a.js, but the zip does not hold it.',
  ]);
});
