import {
  Select as AriaSelect,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';

interface Props {
  label: string;
  options: readonly { value: string; label: string }[];
  value: string | null;
  onChange: (value: string) => void;
  placeholder?: string;
}

/** One choice out of a list; it cannot be opened before there is something to choose. */
export function Select({ label, options, value, onChange, placeholder = '選んでください' }: Props) {
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => key !== null && onChange(String(key))}
      placeholder={placeholder}
      isDisabled={options.length === 0}
    >
      <Label>{label}</Label>
      <Button className="select-button">
        <SelectValue />
        <span aria-hidden="true">▼</span>
      </Button>
      <Popover className="popover">
        <ListBox items={options.map((one) => ({ ...one, id: one.value }))}>
          {(one) => <ListBoxItem textValue={one.label}>{one.label}</ListBoxItem>}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
