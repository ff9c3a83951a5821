import { type FormEvent, type ReactNode, useState } from 'react';
import { signIn } from '../api/session';
import { Brand } from './brand';

/** @param notice why the last session ended */
export function SignIn({ notice }: { notice: string | null }): ReactNode {
  const [key, setKey] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn(key.trim());
  };
  return (
    <main className="sign-in">
      <Brand />
      <h1>Sign in</h1>
      <form onSubmit={submit} className="fields">
        <label>
          API key or share token
          <input
            type="password"
            required
            autoFocus
            autoComplete="off"
            spellCheck={false}
            placeholder="mh_…"
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </label>
        {notice !== null && (
          <p role="alert" className="error">
            {notice}
          </p>
        )}
        <button type="submit" className="primary">
          Open the dashboard
        </button>
      </form>
      <p className="note">
        It needs the permission <code>usage:read</code>, and stays in this tab until you close it or sign out.
      </p>
    </main>
  );
}
