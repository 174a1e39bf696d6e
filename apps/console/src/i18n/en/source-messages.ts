import type { messages as zhMessages } from '../zh/source-messages.js';

export const messages: typeof zhMessages = {
  lead: 'Send a message as the bot through DooTask’s API, with retries. Replies from receivers appear below too.',
  notReady: 'Not ready to send. Enter the DooTask address and the bot token in the settings first.',
  dialogId: 'Dialog ID',
  dialogIdHint: 'dialog_id of the events',
  dialogIdFormat: 'Enter a number',
  text: 'Text',
  textRequired: 'Enter a text',
  textType: 'Format',
  markdown: 'Markdown',
  html: 'HTML',
  silence: 'Silent (no notification)',
  send: 'Send',
  queued: 'Queued for sending',
  list: 'Messages',
  emptyTitle: 'No messages have been sent yet',
  createdAt: 'Time',
  state: 'State',
  origin: 'Origin',
  origins: {
    reply: 'Receiver’s reply',
    api: 'Sent through the API',
  },
  attempts: 'Attempts',
  next: 'Next attempt',
  delivery: 'See its delivery',
};
