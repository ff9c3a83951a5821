/** The pages of one thing, as screens. */
import type { ReactNode } from 'react';
import type { ScreenProps } from '../screens';
import { Detail } from './detail';

export const EndpointPage = (props: ScreenProps): ReactNode => <Detail screen="endpoint" {...props} />;
export const KeyPage = (props: ScreenProps): ReactNode => <Detail screen="key" {...props} />;
export const ErrorPage = (props: ScreenProps): ReactNode => <Detail screen="error" {...props} />;
