/** Loads the texts of all pages, as for a person behind the login. */
import { loadPageTexts } from '../i18n/i18n.js';

await loadPageTexts();
