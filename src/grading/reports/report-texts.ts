import type { Language } from '../../i18n/languages.ts';

/** The words of `report.html` that do not come from a lab. */
interface ReportTexts {
  readonly heading: string;
  readonly practice: string;
  readonly incomplete: string;
  readonly overview: string;
  readonly students: string;
  readonly stumbles: string;
  readonly check: string;
  readonly failed: string;
  readonly student: string;
  readonly account: string;
  readonly score: string;
  readonly notReached: string;
  readonly expected: string;
  readonly observed: string;
  readonly console: string;
  readonly legend: string;
}

export const REPORT_TEXTS: Readonly<Record<Language, ReportTexts>> = {
  ko: {
    heading: '채점 결과',
    practice: '연습용 계정을 채점한 결과입니다. 실제 AWS 계정이 아닙니다.',
    incomplete: '채점이 중단되어 아직 보지 못한 학생이 있습니다.',
    overview: '반 전체',
    students: '학생별 결과',
    stumbles: '가장 많이 틀린 항목',
    check: '항목',
    failed: '틀린 학생 수',
    student: '학생',
    account: '계정',
    score: '점수',
    notReached: '아직 채점하지 않음',
    expected: '기대한 값',
    observed: '실제 값',
    console: '콘솔에서 보기',
    legend: '“?”는 저희가 확인하지 못했다는 뜻이며 학생의 감점이 아닙니다.',
  },
  ja: {
    heading: '採点結果',
    practice: '練習用アカウントの採点結果です。実際の AWS アカウントではありません。',
    incomplete: '採点が中断されたため、まだ確認していない受講者がいます。',
    overview: 'クラス全体',
    students: '受講者ごとの結果',
    stumbles: '間違いの多い項目',
    check: '項目',
    failed: '間違えた人数',
    student: '受講者',
    account: 'アカウント',
    score: '得点',
    notReached: '未採点',
    expected: '期待する値',
    observed: '実際の値',
    console: 'コンソールで開く',
    legend: '「?」はこちらが確認できなかったという意味で、減点ではありません。',
  },
  en: {
    heading: 'Grades',
    practice: 'These are practice accounts, not AWS accounts.',
    incomplete: 'The run was interrupted: some students have not been looked at yet.',
    overview: 'The class',
    students: 'Student by student',
    stumbles: 'What fails most',
    check: 'Check',
    failed: 'Students',
    student: 'Student',
    account: 'Account',
    score: 'Score',
    notReached: 'not graded yet',
    expected: 'Expected',
    observed: 'Found',
    console: 'Open in the console',
    legend: '“?” means that we could not look; it never counts against a student.',
  },
};
