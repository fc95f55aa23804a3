import {
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  type TextFieldProps,
} from 'react-aria-components';

interface Props extends TextFieldProps {
  label: string;
  /** how to fill it in */
  hint?: string;
  /** why the value is refused, and what to write */
  error?: string | undefined;
  /** lines; more than one is a text area */
  rows?: number;
}

export function TextField({ label, hint, error, rows = 1, ...props }: Props) {
  return (
    <AriaTextField {...props} className="field" isInvalid={error !== undefined}>
      <Label>
        {label}
        {props.isRequired && <span className="required">必須</span>}
      </Label>
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      {rows > 1 ? <TextArea rows={rows} /> : <Input />}
      <FieldError>{error}</FieldError>
    </AriaTextField>
  );
}
