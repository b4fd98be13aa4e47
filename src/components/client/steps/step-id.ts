/** The second step of a number, after a list that began anew, is `cleanup-step-1-2`. */
const ID = /^(task-\d+|cleanup)-step-(\d+)(?:-\d+)?$/;

/** The task and the number that the id of a task's step stands for; `undefined` for any other id. */
export function readStepId(id: string): { readonly task: string; readonly number: number } | undefined {
  const [, task, number] = ID.exec(id) ?? [];
  return task === undefined ? undefined : { task, number: Number(number) };
}
