/** What a student pushes: the lab's own files. A test holds them equal to what the zip ships. */
export const APP_JS = `import express from 'express';

const app = express();
const port = Number(process.env.PORT ?? 3000);
const startedAt = new Date();

app.get('/', (_req, res) => {
  res.type('text/plain').send('Hello World from the image that AWS CodeBuild built!\\n');
});

// 로드 밸런서나 컨테이너 오케스트레이터가 살아 있는지 물어보는 주소
app.get('/health', (_req, res) => {
  res.json({ status: 'ok', startedAt: startedAt.toISOString() });
});

const server = app.listen(port, (error) => {
  if (error) throw error;
  console.log(\`Listening on port \${server.address().port}\`);
});

// 컨테이너를 멈추라는 신호를 받으면 처리 중인 요청을 마치고 끝냅니다
process.on('SIGTERM', () => server.close());
`;

export const PACKAGE_JSON = `{
  "name": "week9-2-cicd-lab",
  "version": "1.0.0",
  "private": true,
  "description": "Express application that AWS CodeBuild packs into a container image",
  "type": "module",
  "main": "app.js",
  "scripts": {
    "start": "node app.js"
  },
  "engines": {
    "node": ">=24"
  },
  "dependencies": {
    "express": "5.3.0"
  }
}
`;

export const DOCKERFILE = `# Docker Hub는 로그인하지 않은 내려받기를 제한하므로 Amazon ECR Public의 공식 이미지를 씁니다
FROM public.ecr.aws/docker/library/node:24-alpine

ENV NODE_ENV=production
WORKDIR /app

# 의존성은 코드보다 드물게 바뀌므로 먼저 설치해 레이어 캐시를 살립니다
COPY package.json ./
RUN npm install --omit=dev --no-audit --no-fund

COPY app.js ./

# 루트가 아닌 사용자로 실행합니다
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s CMD wget -q -O /dev/null http://127.0.0.1:\${PORT:-3000}/health || exit 1
CMD ["node", "app.js"]
`;

export const BUILDSPEC_YML = `version: 0.2

phases:
  pre_build:
    commands:
      - echo "Checking the environment variables of the project"
      - test -n "$AWS_ACCOUNT_ID" && test -n "$IMAGE_REPO_NAME" && test -n "$CONTAINER_NAME"
      - REGISTRY="$AWS_ACCOUNT_ID.dkr.ecr.$AWS_REGION.amazonaws.com"
      - REPOSITORY_URI="$REGISTRY/$IMAGE_REPO_NAME"
      - IMAGE_TAG="$(echo "$CODEBUILD_RESOLVED_SOURCE_VERSION" | cut -c 1-7)"
      - echo "Logging in to Amazon ECR"
      - aws ecr get-login-password --region "$AWS_REGION" | docker login --username AWS --password-stdin "$REGISTRY"
  build:
    on-failure: ABORT
    commands:
      - echo "Building $REPOSITORY_URI"
      - docker build -t "$REPOSITORY_URI:latest" .
      - docker tag "$REPOSITORY_URI:latest" "$REPOSITORY_URI:$IMAGE_TAG"
  post_build:
    commands:
      - echo "Pushing the tags latest and $IMAGE_TAG"
      - docker push "$REPOSITORY_URI:latest"
      - docker push "$REPOSITORY_URI:$IMAGE_TAG"
      - printf '[{"name":"%s","imageUri":"%s"}]' "$CONTAINER_NAME" "$REPOSITORY_URI:$IMAGE_TAG" > imagedefinitions.json
      - cat imagedefinitions.json

artifacts:
  files:
    - imagedefinitions.json
`;
