import { fill } from '../../../i18n/fill.ts';
import { pageState } from '../memory/page-state.ts';
import { labId, texts } from '../texts.ts';
import { showPractice } from './practice.ts';
import { postPractice } from './practice-api.ts';

interface Account {
  readonly mode: 'practice' | 'local' | 'class';
  readonly account?: string;
  readonly region?: string;
  readonly principal?: string;
  readonly problem?: string;
}

/** `<account-banner>`: the current account, labelled when it is a practice account, with a button that resets it. */
export class AccountBanner extends HTMLElement {
  connectedCallback(): void {
    this.#show().catch(() => this.#say(texts.account.missing, 'missing'));
  }

  async #show(): Promise<void> {
    const response = await fetch(labId === undefined ? '/api/account' : `/api/account?lab=${encodeURIComponent(labId)}`);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { mode, account, region = '', principal, problem } = (await response.json()) as Account;
    pageState.use(account);
    if (account === undefined)
      return this.#say(problem === undefined ? texts.account.missing : `${texts.account.missing}: ${problem}`, 'missing');
    if (mode !== 'practice') return this.#say(fill(texts.account[mode], { account, region }), mode, principal);
    this.#say(fill(texts.practice.banner, { account }), mode, texts.practice.explain);
    this.#offerReset();
    if (labId !== undefined) showPractice(labId);
  }

  #say(text: string, mode: string, more?: string): void {
    this.dataset['mode'] = mode;
    const line = this.querySelector('.account-line');
    const strong = document.createElement('strong');
    strong.textContent = text;
    line?.replaceChildren(strong, ...(more === undefined ? [] : [` ${more}`]));
  }

  #offerReset(): void {
    const button = this.querySelector('button');
    if (button === null) return;
    button.textContent = texts.practice.reset;
    button.hidden = false;
    button.addEventListener('click', () => {
      postPractice('reset')
        .then(({ account }) => {
          pageState.startOver(account);
          // Results of the account before the reset would be wrong now.
          window.location.reload();
        })
        .catch(() => this.#say(texts.practice.failed, 'missing'));
    });
  }
}
