import { Send } from 'lucide-react';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { useLocation } from 'react-router';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { cn } from '@/lib/cn';
import { formatNumber } from '@/lib/phone';
import { useCompany } from '@/session/companyStore';
import { useTwilioState } from '@/settings/twilioStore';
import { ComposerObstacle, ConnectTwilio } from './ComposerObstacle';
import { measure, obstacleOf } from './composerModel';
import { nameOf, type Conversation } from './conversationModel';
import { setDraft, useDrafts } from './draftStore';
import { clearRefusal, send, useOutbox } from './outboxStore';

const BOX = 'composer';

/** `r` and "use these words again" lead here. */
export function focusComposer(): void {
  const box = document.getElementById(BOX);
  if (!(box instanceof HTMLTextAreaElement)) return;
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

export function Composer({ conversation }: { conversation: Conversation }) {
  const { areas, country } = useCompany();
  const draft = useDrafts((state) => state.drafts[conversation.id] ?? '');
  const obstacle = obstacleOf(conversation, useTwilioState(areas.includes('settings')) === 'missing');
  const { words, tooLong, blank } = measure(draft);
  const counterId = useId();
  useReplyFocus();
  const submit = () => {
    if (blank || tooLong || obstacle) return;
    send(conversation.id, draft);
    setDraft(conversation.id, '');
    focusComposer();
  };
  return (
    <form
      className="shrink-0 border-t bg-card safe-bottom"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="grid gap-2 p-3 md:px-5">
        {obstacle ? (
          <ComposerObstacle obstacle={obstacle} conversation={conversation} />
        ) : (
          <Refusal conversationId={conversation.id} />
        )}
        <div className="flex items-end gap-2">
          <label htmlFor={BOX} className="sr-only">
            Text to {nameOf(conversation, country)}
          </label>
          <textarea
            id={BOX}
            rows={1}
            value={draft}
            disabled={obstacle !== null}
            placeholder={obstacle ? '' : 'Write a text'}
            aria-describedby={counterId}
            enterKeyHint="send"
            onChange={(event) => {
              setDraft(conversation.id, event.target.value);
              clearRefusal(conversation.id);
            }}
            onKeyDown={(event) => handleKey(event, submit)}
            className="field-sizing-content max-h-40 min-h-11 w-full resize-none rounded-lg border border-input bg-background px-3 py-2.5 text-[0.9375rem] leading-snug placeholder:text-muted-foreground disabled:cursor-not-allowed disabled:opacity-60"
          />
          <Button
            type="submit"
            size="large"
            className="px-4"
            disabled={blank || tooLong || obstacle !== null}
          >
            <Send aria-hidden />
            <span className="max-sm:sr-only">Send</span>
          </Button>
        </div>
        <p className="flex min-h-4 flex-wrap justify-between gap-x-4 text-xs text-muted-foreground">
          <span className="truncate">
            From {conversation.ourNumberLabel ? `${conversation.ourNumberLabel}, ` : ''}
            <span className="tabular-nums">{formatNumber(conversation.ourNumber, country)}</span>
          </span>
          <span id={counterId} className={cn('tabular-nums', tooLong && 'font-medium text-destructive')}>
            {words}
          </span>
        </p>
      </div>
    </form>
  );
}

/** Enter sends, Shift-Enter breaks the line; not while an input method is composing a character. Escape leaves the box. */
function handleKey(event: KeyboardEvent<HTMLTextAreaElement>, submit: () => void): void {
  if (event.key === 'Escape') event.currentTarget.blur();
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  submit();
}

/** Why the last text was refused; its words are back in the box. */
function Refusal({ conversationId }: { conversationId: string }) {
  const { areas } = useCompany();
  const refusal = useOutbox((state) => state.refusals[conversationId]);
  useEffect(() => {
    if (refusal) focusComposer();
  }, [refusal]);
  if (!refusal) return null;
  const action =
    refusal.code === 'twilio_not_set_up' && areas.includes('settings') ? <ConnectTwilio /> : undefined;
  return (
    <Notice tone="error" action={action}>
      Not sent: {refusal.message}
    </Notice>
  );
}

/** Opened with `r` from the list: write at once. */
function useReplyFocus(): void {
  const state: unknown = useLocation().state;
  const wanted = typeof state === 'object' && state !== null && 'reply' in state;
  const done = useRef(false);
  useEffect(() => {
    if (!wanted || done.current) return;
    done.current = true;
    focusComposer();
  }, [wanted]);
}
