/** Specs see the texts of all pages, as a person behind the login does. */
import { loadPageTexts } from '../i18n/i18n.js';

await loadPageTexts();
