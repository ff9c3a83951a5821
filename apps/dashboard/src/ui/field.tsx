/** Fields of forms: a label, a hint, and what the service says is wrong with the value, all announced with the field. */
import { type ReactNode, useId } from 'react';

/** What the control inside takes over. */
export interface Control {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

interface Props {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value; undefined or empty: nothing. */
  error?: string | undefined;
  children: (control: Control) => ReactNode;
}

/**
 * One control with its label.
 * @example <Field label="Name" error={errors.name}>{(control) => <input {...control} value={name} onChange={…} />}</Field>
 */
export function Field({ label, hint, error, children }: Props): ReactNode {
  const id = useId();
  const described = [...(hint ? [`${id}-hint`] : []), ...(error ? [`${id}-error`] : [])].join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="note">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}

interface GroupProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
}

/** Several controls that belong together, such as check boxes. */
export function FieldGroup({ label, hint, error, children }: GroupProps): ReactNode {
  const id = useId();
  return (
    <fieldset className="field" aria-describedby={error ? id : undefined}>
      <legend>{label}</legend>
      {children}
      {hint && <p className="note">{hint}</p>}
      <FieldError id={id} error={error} />
    </fieldset>
  );
}

function FieldError({ id, error }: { id: string; error: string | undefined }): ReactNode {
  if (!error) return null;
  return (
    <p id={id} role="alert" className="error">
      {error}
    </p>
  );
}

/** What is wrong with a form as a whole. */
export function FormError({ error }: { error: string | null }): ReactNode {
  if (error === null) return null;
  return (
    <p role="alert" className="error form-error">
      {error}
    </p>
  );
}
