import {
  Button,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast';

interface Message {
  text: string;
}

const queue = new ToastQueue<Message>({ maxVisibleToasts: 3 });

/** Milliseconds, long enough to be read. */
const SHOWN = 8000;

/** Says shortly that something was done. Screen readers read it. What failed is said where it failed, not here. */
export const say = (text: string): void => void queue.add({ text }, { timeout: SHOWN });

export function Toasts() {
  return (
    <ToastRegion queue={queue} className="toasts" aria-label="お知らせ">
      {({ toast }) => (
        <Toast toast={toast} className="toast">
          <ToastContent>
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          <Button slot="close" aria-label="閉じる" className="button plain">
            ×
          </Button>
        </Toast>
      )}
    </ToastRegion>
  );
}
