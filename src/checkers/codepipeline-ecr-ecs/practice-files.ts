/** What a student pushes and pastes: the lab's own files. A test holds them equal to what the zip ships. */
export const BUILDSPEC_YML = `version: 0.2

env:
  variables:
    version: "v0.95"
    CONTAINER_NAME: "nginx"

phases:
  pre_build:
    commands:
      - test -n "$AWS_ACCOUNT_ID" && test -n "$AWS_DEFAULT_REGION" && test -n "$IMAGE_REPO_NAME1"
      - REGISTRY="$AWS_ACCOUNT_ID.dkr.ecr.$AWS_DEFAULT_REGION.amazonaws.com"
      - IMAGE_URI="$REGISTRY/$IMAGE_REPO_NAME1:$version"
      - echo "Logging in to Amazon ECR"
      - aws ecr get-login-password --region "$AWS_DEFAULT_REGION" | docker login --username AWS --password-stdin "$REGISTRY"
  build:
    on-failure: ABORT
    commands:
      - echo "Build started on $(date)"
      - docker build -f nginx/Dockerfile -t "$IMAGE_REPO_NAME1:$version" nginx/
      - docker tag "$IMAGE_REPO_NAME1:$version" "$IMAGE_URI"
  post_build:
    commands:
      - echo "Pushing $IMAGE_URI"
      - docker push "$IMAGE_URI"
      - printf '[{"name":"%s","imageUri":"%s"}]' "$CONTAINER_NAME" "$IMAGE_URI" > imagedefinitions.json
      - cat imagedefinitions.json

artifacts:
  files:
    - imagedefinitions.json
`;

export const DOCKERFILE_TEXT = `# Docker Hub の取得回数制限を受けない、Amazon ECR Public の公式イメージを使います
FROM public.ecr.aws/docker/library/nginx:1.30-alpine

COPY nginx.conf /etc/nginx/nginx.conf
COPY index.html /usr/share/nginx/html/index.html

# root 以外のユーザーで実行します
USER nginx
EXPOSE 8080
CMD ["nginx", "-g", "daemon off;"]
`;

export const INDEX_HTML = `<!doctype html>
<html lang="ja">
  <head>
    <meta charset="utf-8">
    <title>example_2022_1126</title>
  </head>
  <body>
    <h1>Hello from Amazon ECS</h1>
    <p>CodePipeline がビルドしてデプロイしたページです。</p>
  </body>
</html>
`;

export const NGINX_CONF = `# root でなくても書き込める場所だけを使います
pid /tmp/nginx.pid;
error_log stderr notice;

events {}

http {
  include /etc/nginx/mime.types;
  access_log /dev/stdout;

  client_body_temp_path /tmp/client_temp;
  proxy_temp_path /tmp/proxy_temp;
  fastcgi_temp_path /tmp/fastcgi_temp;
  uwsgi_temp_path /tmp/uwsgi_temp;
  scgi_temp_path /tmp/scgi_temp;

  server {
    # 1024 より小さいポートは root でないと開けません
    listen 8080;
    root /usr/share/nginx/html;
    charset utf-8;
  }
}
`;

export const BUILD_ROLE_POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "LogInToEcr",
      "Effect": "Allow",
      "Action": "ecr:GetAuthorizationToken",
      "Resource": "*"
    },
    {
      "Sid": "PushImage",
      "Effect": "Allow",
      "Action": [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart"
      ],
      "Resource": "arn:aws:ecr:ap-northeast-1:123456789012:repository/example_2022_1126"
    }
  ]
}
`;

export const REPOSITORY_POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "AllowBuildToPush",
      "Effect": "Allow",
      "Principal": {
        "AWS": "arn:aws:iam::123456789012:role/service-role/codebuild-example_2022_1126-service-role"
      },
      "Action": [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart"
      ]
    }
  ]
}
`;

export const PIPELINE_DEPLOY_POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReviseTaskDefinition",
      "Effect": "Allow",
      "Action": ["ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"],
      "Resource": "*"
    },
    {
      "Sid": "TagTaskDefinition",
      "Effect": "Allow",
      "Action": "ecs:TagResource",
      "Resource": "arn:aws:ecs:ap-northeast-1:123456789012:task-definition/example_2022_1126:*",
      "Condition": { "StringEquals": { "ecs:CreateAction": "RegisterTaskDefinition" } }
    },
    {
      "Sid": "UpdateService",
      "Effect": "Allow",
      "Action": ["ecs:DescribeServices", "ecs:UpdateService"],
      "Resource": "arn:aws:ecs:ap-northeast-1:123456789012:service/example_2022_1126/example_2022_1126"
    },
    {
      "Sid": "PassExecutionRole",
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "arn:aws:iam::123456789012:role/ecs-example_2022_1126-execution-role",
      "Condition": { "StringEquals": { "iam:PassedToService": ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"] } }
    }
  ]
}
`;

export const TASK_DEFINITION = `{
  "family": "example_2022_1126",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "memory": "512",
  "runtimePlatform": { "cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX" },
  "executionRoleArn": "arn:aws:iam::123456789012:role/ecs-example_2022_1126-execution-role",
  "containerDefinitions": [
    {
      "name": "nginx",
      "image": "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/example_2022_1126:v0.95",
      "essential": true,
      "portMappings": [{ "containerPort": 8080, "protocol": "tcp" }],
      "logConfiguration": {
        "logDriver": "awslogs",
        "options": {
          "awslogs-group": "/ecs/example_2022_1126",
          "awslogs-region": "ap-northeast-1",
          "awslogs-stream-prefix": "web"
        }
      }
    }
  ]
}
`;
