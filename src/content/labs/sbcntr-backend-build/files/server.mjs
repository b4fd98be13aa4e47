import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 8080);
const answers = {
  '/healthcheck': { status: 'ok' },
  '/v1/helloworld': { data: 'Hello world from sbcntr-backend!' },
};

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const answer = Object.hasOwn(answers, pathname) ? answers[pathname] : undefined;
  response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(answer ?? { message: 'Not found' })}\n`);
});

server.listen(port, () => console.log(`Listening on port ${server.address().port}`));

// 컨테이너를 멈추라는 신호를 받으면 처리 중인 요청을 마치고 끝냅니다
process.on('SIGTERM', () => server.close());
