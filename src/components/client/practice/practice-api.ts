/** Posts to the practice API. @throws Error when the request fails. */
export async function postPractice(path: string): Promise<{ account?: string }> {
  const response = await fetch(`/api/practice/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as { account?: string };
}
