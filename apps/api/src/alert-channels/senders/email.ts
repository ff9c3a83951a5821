/** Mail by SMTP, through the operator's server. */
import { once } from 'node:events';
import { SECOND, withTimeout } from '@meterhouse/common';
import { type Transporter, createTransport } from 'nodemailer';
import type { ChannelSecrets } from '../channel';
import { MAX_ANSWER_BYTES } from './post';
import { type Message, type Outcome, type Sender, failure } from './sender';
import { summaryOf } from './summary';

/** Without a word of the server. */
const TIMEOUT_MS = 15 * SECOND;

/** For the whole of a mail. */
const MAX_SENDING_MS = 30 * SECOND;

/** Mail through one server with one sender. */
export class EmailSender implements Sender {
  private readonly transport: Transporter;

  /** @param url of `SMTP_URL` @param from of `SMTP_FROM` */
  constructor(
    url: string,
    private readonly from: string,
  ) {
    this.transport = createTransport({
      url,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      dnsTimeout: TIMEOUT_MS,
      // A text is a text, whatever it looks like.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send(message: Message, { target }: ChannelSecrets, signal: AbortSignal): Promise<Outcome> {
    signal.throwIfAborted();
    const { title, lines } = summaryOf(message);
    const host = this.from.replace(/^.*@/, '').replace(/[^\w.-]/g, '');
    // Every mail about an alert is a reply to the same one, so that clients show them together.
    const thread = message.alertId === '' ? {} : { references: `<${message.alertId}@${host}>` };
    const mail = {
      from: this.from,
      to: addressesOf(target),
      subject: title,
      messageId: `<${message.id}@${host}>`,
      ...thread,
      headers: { 'Auto-Submitted': 'auto-generated' },
      text: textOf(title, lines, message.links),
      html: htmlOf(title, lines, message.links),
    };
    try {
      const sent = await untilAborted(this.transport.sendMail(mail), signal);
      const { response = '', rejected = [] } = sent;
      const [code] = /^\d{3}/.exec(response) ?? [];
      const answer = rejected.length === 0 ? response : `${response}; refused: ${rejected.map(String).join(', ')}`;
      return {
        delivered: true,
        statusCode: code === undefined ? null : Number(code),
        answer: answer.slice(0, MAX_ANSWER_BYTES),
        error: '',
        retryAfterMs: null,
        gone: false,
      };
    } catch (error) {
      signal.throwIfAborted();
      return failure(error, codeOf(error));
    }
  }
}

/** The addresses of a channel's target. */
export function addressesOf(target: string): string[] {
  return target.split(',').map((address) => address.trim());
}

/** A mail that is on its way cannot be called back, but need not be waited for. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const waiting = new AbortController();
  const aborted = once(signal, 'abort', { signal: waiting.signal }).then(() => signal.throwIfAborted());
  try {
    const ended = withTimeout(work, MAX_SENDING_MS, () => {
      throw new Error(`The mail server took longer than ${MAX_SENDING_MS / SECOND} seconds.`);
    });
    return await Promise.race([ended, aborted.then(() => ended)]);
  } finally {
    aborted.catch(() => undefined);
    waiting.abort();
  }
}

/** SMTP's own code, where the server said one. */
function codeOf(error: unknown): number | null {
  const code = typeof error === 'object' && error !== null && 'responseCode' in error ? error.responseCode : null;
  return typeof code === 'number' ? code : null;
}

function textOf(title: string, lines: readonly [string, string][], { dashboard, usage }: Message['links']): string {
  const rows = lines.map(([label, text]) => `${label}: ${text}`);
  return [title, '', ...rows, '', `Dashboard: ${dashboard}`, `Figures: ${usage}`, ''].join('\n');
}

function htmlOf(title: string, lines: readonly [string, string][], { dashboard, usage }: Message['links']): string {
  const rows = lines.map(
    ([label, text]) => `<tr><th align="left">${escaped(label)}</th><td>${escaped(text)}</td></tr>`,
  );
  return (
    `<h2>${escaped(title)}</h2><table cellpadding="4">${rows.join('')}</table>` +
    `<p><a href="${escaped(dashboard)}">Dashboard</a> · <a href="${escaped(usage)}">Figures</a></p>`
  );
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
