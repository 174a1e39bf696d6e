import type { messages as zhMessages } from '../zh/source-messages.js';

export const messages: typeof zhMessages = {
  lead: 'Sends a message as the bot by DooTask’s API, with retries. Replies in the answers of receivers show below too.',
  notReady: 'Not ready to send: enter the address of DooTask and the bot token in the settings first.',
  dialogId: 'Dialog id',
  dialogIdHint: 'dialog_id of the events',
  dialogIdFormat: 'Enter a number',
  text: 'Text',
  textRequired: 'Enter a text',
  textType: 'Format',
  markdown: 'Markdown',
  html: 'HTML',
  silence: 'Without a notification',
  send: 'Send',
  queued: 'Queued for sending',
  list: 'Messages',
  emptyTitle: 'No messages have been sent yet',
  createdAt: 'Time',
  state: 'State',
  origin: 'Origin',
  origins: {
    reply: 'Reply of a receiver',
    api: 'Sent proactively',
  },
  attempts: 'Attempts',
  next: 'Next attempt',
  delivery: 'See its delivery',
};
