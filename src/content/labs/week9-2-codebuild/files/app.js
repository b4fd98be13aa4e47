import express from 'express';

const app = express();
const port = Number(process.env.PORT ?? 3000);
const startedAt = new Date();

app.get('/', (_req, res) => {
  res.type('text/plain').send('Hello World from the image that AWS CodeBuild built!\n');
});

// 로드 밸런서나 컨테이너 오케스트레이터가 살아 있는지 물어보는 주소
app.get('/health', (_req, res) => {
  res.json({ status: 'ok', startedAt: startedAt.toISOString() });
});

const server = app.listen(port, (error) => {
  if (error) throw error;
  console.log(`Listening on port ${server.address().port}`);
});

// 컨테이너를 멈추라는 신호를 받으면 처리 중인 요청을 마치고 끝냅니다
process.on('SIGTERM', () => server.close());
