/** What a student pushes and runs: the lab's own files. A test holds them equal to what the zip ships. */
export const SERVER_MJS = `import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 8080);
const answers = {
  '/healthcheck': { status: 'ok' },
  '/v1/helloworld': { data: 'Hello world from sbcntr-backend!' },
};

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const answer = Object.hasOwn(answers, pathname) ? answers[pathname] : undefined;
  response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
  response.end(\`\${JSON.stringify(answer ?? { message: 'Not found' })}\\n\`);
});

server.listen(port, () => console.log(\`Listening on port \${server.address().port}\`));

// 컨테이너를 멈추라는 신호를 받으면 처리 중인 요청을 마치고 끝냅니다
process.on('SIGTERM', () => server.close());
`;

export const DOCKERFILE = `# Docker Hub는 로그인하지 않은 내려받기를 제한하므로 Amazon ECR Public의 공식 이미지를 씁니다
FROM public.ecr.aws/docker/library/node:24-alpine

ENV NODE_ENV=production
WORKDIR /app

# --chmod는 BuildKit만 이해합니다. 예전 빌더로 빌드하면 이 줄에서 실패합니다
COPY --chmod=444 server.mjs ./

# 루트가 아닌 사용자로 실행합니다
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s CMD wget -q -O /dev/null http://127.0.0.1:\${PORT:-8080}/healthcheck || exit 1
CMD ["node", "server.mjs"]
`;

export const BUILDSPEC_YML = `version: 0.2

env:
  variables:
    AWS_REGION_NAME: ap-northeast-2
    ECR_REPOSITORY_NAME: sbcntr-backend
    DOCKER_BUILDKIT: "1"

phases:
  pre_build:
    commands:
      - AWS_ACCOUNT_ID="$(aws sts get-caller-identity --query Account --output text)"
      - REGISTRY="$AWS_ACCOUNT_ID.dkr.ecr.$AWS_REGION_NAME.amazonaws.com"
      - aws ecr get-login-password --region "$AWS_REGION_NAME" | docker login --username AWS --password-stdin "$REGISTRY"
      - REPOSITORY_URI="$REGISTRY/$ECR_REPOSITORY_NAME"
      # 태그 이름에 Git 커밋 해시의 앞 7자리를 사용합니다
      - IMAGE_TAG="$(echo "$CODEBUILD_RESOLVED_SOURCE_VERSION" | cut -c 1-7)"
  build:
    on-failure: ABORT
    commands:
      - docker image build -t "$REPOSITORY_URI:$IMAGE_TAG" .
  post_build:
    commands:
      - docker image push "$REPOSITORY_URI:$IMAGE_TAG"
`;

export const MISPLACED_YML = `# 일부러 틀린 예입니다. 세 단계가 phases 아래에 있지 않아 CodeBuild가 실행하지 않습니다
version: 0.2

env:
  variables:
    AWS_REGION_NAME: ap-northeast-2
    ECR_REPOSITORY_NAME: sbcntr-backend
    DOCKER_BUILDKIT: "1"

phases:
  install:
    commands:
      - docker --version

pre_build:
  commands:
    - AWS_ACCOUNT_ID="$(aws sts get-caller-identity --query Account --output text)"
    - REGISTRY="$AWS_ACCOUNT_ID.dkr.ecr.$AWS_REGION_NAME.amazonaws.com"
    - aws ecr get-login-password --region "$AWS_REGION_NAME" | docker login --username AWS --password-stdin "$REGISTRY"
    - REPOSITORY_URI="$REGISTRY/$ECR_REPOSITORY_NAME"
    - IMAGE_TAG="$(echo "$CODEBUILD_RESOLVED_SOURCE_VERSION" | cut -c 1-7)"

build:
  commands:
    - docker image build -t "$REPOSITORY_URI:$IMAGE_TAG" .

post_build:
  commands:
    - docker image push "$REPOSITORY_URI:$IMAGE_TAG"
`;

export const ECR_POLICY_JSON = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ListImagesInRepository",
      "Effect": "Allow",
      "Action": ["ecr:ListImages"],
      "Resource": [
        "arn:aws:ecr:ap-northeast-2:123456789012:repository/sbcntr-backend",
        "arn:aws:ecr:ap-northeast-2:123456789012:repository/sbcntr-frontend"
      ]
    },
    {
      "Sid": "GetAuthorizationToken",
      "Effect": "Allow",
      "Action": ["ecr:GetAuthorizationToken"],
      "Resource": "*"
    },
    {
      "Sid": "ManageRepositoryContents",
      "Effect": "Allow",
      "Action": [
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:GetRepositoryPolicy",
        "ecr:DescribeRepositories",
        "ecr:ListImages",
        "ecr:DescribeImages",
        "ecr:BatchGetImage",
        "ecr:InitiateLayerUpload",
        "ecr:UploadLayerPart",
        "ecr:CompleteLayerUpload",
        "ecr:PutImage"
      ],
      "Resource": [
        "arn:aws:ecr:ap-northeast-2:123456789012:repository/sbcntr-backend",
        "arn:aws:ecr:ap-northeast-2:123456789012:repository/sbcntr-frontend"
      ]
    }
  ]
}
`;
