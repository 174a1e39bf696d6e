/** Describes a message without any platform's syntax. Texts are one line each and may contain what users typed. */

/** What colour and urgency a platform gives it. */
export type Tone = 'critical' | 'warning' | 'resolved' | 'info';

export interface MessageFact {
  label: string;
  value: string;
}

export interface MessageLink {
  label: string;
  url: string;
}

export interface Message {
  tone: Tone;
  title: string;
  /** Of a single alert. */
  facts: MessageFact[];
  /** Of several: a line for each. */
  lines: string[];
  links: MessageLink[];
  /** Says how many lines are left out, when a platform takes no more. */
  restText: (left: number) => string;
  /** Between a label and its value. */
  colon: string;
}
