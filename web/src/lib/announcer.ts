import { create } from 'zustand';

/** What a screen reader says next, politely: it never takes the focus. */
export const useAnnouncement = create<{ text: string }>(() => ({ text: '' }));

const TOGETHER = 500;

let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says it soon. Several at once become one sentence: nobody wants to hear ten names. */
export function announce(text: string): void {
  waiting.push(text);
  clearTimeout(timer);
  timer = setTimeout(() => {
    useAnnouncement.setState({
      text: waiting.length > 2 ? `${waiting.length} new texts` : waiting.join('. '),
    });
    waiting = [];
  }, TOGETHER);
}
