import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 8080);

const server = createServer((request, response) => {
  const known = request.url === '/' || request.url === '/health';
  const answer = known ? { application: 'my-application', status: 'ok' } : { message: 'Not found' };
  response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(answer)}\n`);
});

server.listen(port, () => console.log(`Listening on port ${server.address().port}`));

// 컨테이너를 멈추라는 신호를 받으면 처리 중인 요청을 마치고 끝냅니다
process.on('SIGTERM', () => server.close());
