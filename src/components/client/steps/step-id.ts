/** A list that starts again may repeat a number. Its step is `cleanup-step-1-2`. */
const ID = /^(task-\d+|cleanup)-step-(\d+)(?:-\d+)?$/;

/** The task and number of a step's id; `undefined` for any other id. */
export function readStepId(id: string): { readonly task: string; readonly number: number } | undefined {
  const [, task, number] = ID.exec(id) ?? [];
  return task === undefined ? undefined : { task, number: Number(number) };
}
