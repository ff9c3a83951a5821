/** Slack's incoming webhooks, and what takes the same: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
import type { ChannelSecrets } from '../channel';
import type { Poster } from './post';
import { type Message, type Outcome, type Sender, outcomeOf } from './sender';
import { cut, summaryOf } from './summary';

/** Slack's limits of characters. */
const MAX_HEADER = 150;
const MAX_FIELD = 2_000;

export class SlackSender implements Sender {
  constructor(private readonly poster: Poster) {}

  async send(message: Message, { target }: ChannelSecrets, signal: AbortSignal): Promise<Outcome> {
    const body = JSON.stringify(slackBody(message));
    return outcomeOf(await this.poster.post({ url: target, body, account: message.accountId }, signal));
  }
}

function slackBody(message: Message): object {
  const { title, lines } = summaryOf(message);
  const { dashboard, usage } = message.links;
  const fields = lines.map(([label, text]) => ({
    type: 'mrkdwn',
    text: cut(`*${label}*\n${escaped(text)}`, MAX_FIELD),
  }));
  return {
    // What notifications and readers of screens show.
    text: escaped(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, MAX_HEADER) } },
      ...(fields.length === 0 ? [] : [{ type: 'section', fields }]),
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: `<${escaped(dashboard)}|Dashboard> · <${escaped(usage)}|Figures>` }],
      },
    ],
  };
}

/** So that no text of an account mentions people or makes links. */
function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\|/g, '¦');
}
