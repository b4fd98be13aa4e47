/** An error in plain words, sent as RFC 9457 `application/problem+json`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly title: string;

  /** @param detail one sentence: what, where and how to fix it. */
  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
  }

  get body() {
    return { type: 'about:blank', title: this.title, status: this.status, detail: this.message };
  }
}

export const badRequest = (detail: string) => new Problem(400, 'Bad request', detail);
export const forbidden = (detail: string) => new Problem(403, 'Forbidden', detail);
export const notFound = (detail: string) => new Problem(404, 'Not found', detail);

export function problemResponse(problem: Problem): Response {
  return Response.json(problem.body, {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
  });
}
