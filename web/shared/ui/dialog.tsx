import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** of the button that closes it without doing anything */
  closeLabel?: string;
  /** buttons at the end, beside 閉じる */
  actions?: ReactNode;
}

/** Takes the focus, closes with Esc, and gives the focus back. Printed as ordinary pages. */
export function Dialog({ title, isOpen, onClose, children, actions, closeLabel = '閉じる' }: Props) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="overlay"
    >
      <Modal className="modal">
        <AriaDialog className="dialog">
          <Heading slot="title">{title}</Heading>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keyboard */}
          <section className="dialog-body" tabIndex={0} aria-label={title}>
            {children}
          </section>
          <div className="dialog-actions">
            <Button onPress={onClose}>{closeLabel}</Button>
            {actions}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
