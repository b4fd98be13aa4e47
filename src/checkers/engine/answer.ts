/** An answer that only some judgements over a fact need, so that trouble with it spoils no others. */
export interface Answer<T> {
  /** `undefined` also when it could not be read: for what is shown beside a verdict, never for the verdict. */
  readonly seen: T | undefined;
  /** @throws what kept us from reading it */
  get(): T;
}

export async function answerOf<T>(question: Promise<T>): Promise<Answer<T>> {
  try {
    const seen = await question;
    return { seen, get: () => seen };
  } catch (trouble) {
    return {
      seen: undefined,
      get: () => {
        throw trouble;
      },
    };
  }
}
