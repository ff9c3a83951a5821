import type { ReactNode } from 'react';
import { type Rule, useDeleteRule } from '../api/use-rules';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { notify } from '../ui/toast';

interface Props {
  rule: Rule;
  onDeleted?: () => void;
  onClose: () => void;
}

export function DeleteRuleDialog({ rule, onDeleted, onClose }: Props): ReactNode {
  const remove = useDeleteRule(rule.id);
  const done = (): void => {
    notify(`The rule “${rule.name}” was deleted.`);
    onClose();
    onDeleted?.();
  };
  return (
    <ConfirmDialog
      title={`Delete “${rule.name}”`}
      expected={rule.name}
      action="Delete the rule"
      busy={remove.isPending}
      error={remove.error?.message ?? null}
      onConfirm={() => remove.mutate(undefined, { onSuccess: done })}
      onClose={onClose}
    >
      <p>Its open alerts are resolved, and who was told of them is told so. The history stays.</p>
    </ConfirmDialog>
  );
}
