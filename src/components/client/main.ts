import { AccountBanner } from './account-banner.ts';
import { offerCopying } from './copy-code.ts';
import { LabCheck } from './lab-check.ts';
import { LabValues } from './lab-values.ts';
import { rememberLanguage } from './remember-language.ts';
import { TaskNav } from './task-nav.ts';

customElements.define('lab-check', LabCheck);
customElements.define('task-nav', TaskNav);
customElements.define('lab-values', LabValues);
customElements.define('account-banner', AccountBanner);
offerCopying();
rememberLanguage();
