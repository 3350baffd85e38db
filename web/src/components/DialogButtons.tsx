import { Button, type ButtonProps } from './ui/Button';

interface DialogButtonsProps {
  /** What leaves everything as it is. */
  cancel?: string;
  onCancel: () => void;
  /** The button that does it; without a handler it submits the form around it. */
  action: Pick<ButtonProps, 'variant' | 'busy' | 'disabled' | 'onClick'> & { words: string };
}

/** The last line of a dialog. */
export function DialogButtons({ cancel = 'Cancel', onCancel, action }: DialogButtonsProps) {
  const { words, ...button } = action;
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button variant="outline" onClick={onCancel}>
        {cancel}
      </Button>
      <Button type={button.onClick ? 'button' : 'submit'} {...button}>
        {words}
      </Button>
    </div>
  );
}
