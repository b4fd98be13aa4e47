// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are CloudFormation's own
import { expect, test } from 'vitest';
import { requiredCapability } from './capability.ts';
import { validateTemplate } from './template.ts';

/** A template without mistakes that uses everything the rules check. */
const template = `AWSTemplateFormatVersion: '2010-09-09'
Description: Demo
Parameters:
  Name:
    Type: String
    Default: demo
    AllowedPattern: '[a-z]+'
    MinLength: 2
  Subnets:
    Type: CommaDelimitedList
  Size:
    Type: Number
    Default: 60
    MinValue: 5
    MaxValue: 480
Mappings:
  Images:
    ap-northeast-2: { standard: 'aws/codebuild/amazonlinux-x86_64-standard:5.0' }
Conditions:
  IsDemo: !Equals [!Ref Name, demo]
  IsLong: !And [!Condition IsDemo, !Not [!Equals [!Ref Size, 5]]]
Resources:
  Repository:
    Type: AWS::ECR::Repository
    DeletionPolicy: Retain
    Properties:
      RepositoryName: !Ref Name
      ImageTagMutability: MUTABLE
      Tags:
        - Key: Week
          Value: 9
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub '\${Name}-role'
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { Service: codebuild.amazonaws.com }
            Action: sts:AssumeRole
      Policies:
        - PolicyName: push
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              Effect: Allow
              Action: [ecr:PutImage, 'logs:*']
              Resource: !Sub
                - 'arn:\${AWS::Partition}:ecr:*:*:\${Short}/\${!literal}/\${Repository.Arn}'
                - { Short: !Select [0, !Split ['/', !GetAtt Repository.RepositoryUri]] }
  Project:
    Type: AWS::CodeBuild::Project
    DependsOn: Repository
    Condition: IsLong
    Properties:
      ServiceRole: !GetAtt [Role, Arn]
      TimeoutInMinutes: !If [IsDemo, !Ref Size, 5]
      Artifacts: { Type: NO_ARTIFACTS }
      Source: { Type: NO_SOURCE, BuildSpec: buildspec.yml }
      VpcConfig: { Subnets: !Ref Subnets }
      Environment:
        Type: LINUX_CONTAINER
        ComputeType: BUILD_GENERAL1_SMALL
        PrivilegedMode: true
        Image: !FindInMap [Images, !Ref AWS::Region, standard]
        EnvironmentVariables: !If [IsDemo, [{ Name: A, Value: !Ref AWS::AccountId }], !Ref AWS::NoValue]
Outputs:
  Uri:
    Description: Where images go
    Condition: IsDemo
    Value: !GetAtt Repository.RepositoryUri
    Export: { Name: !Sub '\${AWS::StackName}-uri' }
`;

/** Findings after one change of the sound template, as `line rule: message`. */
function after(find: string, replace: string): string[] {
  expect(template).toContain(find);
  return validateTemplate(template.replace(find, replace)).map(({ line, rule, message }) => `${line} ${rule}: ${message}`);
}

test('a sound template has no findings', () => {
  expect(validateTemplate(template)).toEqual([]);
});

test.each([
  [
    'a resource type that does not exist',
    'AWS::ECR::Repository',
    'AWS::ECR::Repo',
    'resource-type: The type AWS::ECR::Repo of Repository does not exist.',
  ],
  ['a missing type', '    Type: AWS::ECR::Repository\n', '', 'resource-type: The resource Repository needs a Type.'],
  [
    'a missing required property',
    '      Artifacts: { Type: NO_ARTIFACTS }\n',
    '',
    'required-property: AWS::CodeBuild::Project does not have the required property Artifacts.',
  ],
  [
    'a missing required nested property',
    '        Type: LINUX_CONTAINER\n',
    '',
    'required-property: Environment of AWS::CodeBuild::Project does not have the required property Type.',
  ],
  [
    'a misspelt property',
    'RepositoryName:',
    'RepositryName:',
    'unknown-property: AWS::ECR::Repository has no property RepositryName; it has EmptyOnDelete',
  ],
  [
    'a misspelt nested property',
    'PrivilegedMode',
    'Privileged',
    'unknown-property: Environment of AWS::CodeBuild::Project has no property Privileged; it has',
  ],
  [
    'a property on the resource itself',
    '    DeletionPolicy: Retain',
    '    RepositoryName: x',
    'unknown-key: The resource Repository has no key RepositoryName',
  ],
  [
    'text for a boolean',
    'PrivilegedMode: true',
    "PrivilegedMode: 'yes'",
    'property-type: PrivilegedMode of Environment of AWS::CodeBuild::Project must be true or false, not "yes".',
  ],
  [
    'text for a number',
    '!If [IsDemo, !Ref Size, 5]',
    'soon',
    'property-type: TimeoutInMinutes of AWS::CodeBuild::Project must be a whole number, not "soon".',
  ],
  [
    'a wrong branch of Fn::If',
    '!If [IsDemo, !Ref Size, 5]',
    '!If [IsDemo, !Ref Size, soon]',
    'property-type: TimeoutInMinutes of AWS::CodeBuild::Project must be a whole number, not "soon".',
  ],
  [
    'text for a list',
    '!Ref Subnets }',
    'subnet-1 }',
    'property-type: Subnets of VpcConfig of AWS::CodeBuild::Project must be a list, not text.',
  ],
  [
    'a single value where a list is needed',
    '!Ref Subnets }',
    '!Ref Name }',
    'property-type: Subnets of VpcConfig of AWS::CodeBuild::Project must be a list, but Ref yields a single value.',
  ],
  [
    'a list where a single value is needed',
    'RepositoryName: !Ref Name',
    'RepositoryName: !Ref Subnets',
    'property-type: RepositoryName of AWS::ECR::Repository must be a single value, but Ref yields a list.',
  ],
  [
    'a mapping for a list',
    '        - Key: Week\n          Value: 9',
    '        Week: 9',
    'property-type: Tags of AWS::ECR::Repository must be a list, not a mapping.',
  ],
  [
    'a tag without a value',
    '          Value: 9\n',
    '',
    'required-property: An item of Tags of AWS::ECR::Repository does not have the required property Value.',
  ],
  [
    'nothing where a value is needed',
    'RepositoryName: !Ref Name',
    'RepositoryName:',
    'property-type: RepositoryName of AWS::ECR::Repository must be text, not nothing.',
  ],
  [
    'a value that is not allowed',
    'MUTABLE',
    'CHANGEABLE',
    'allowed-value: ImageTagMutability of AWS::ECR::Repository is CHANGEABLE, but must be one of MUTABLE, IMMUTABLE',
  ],
  [
    'a dangling Ref',
    'RepositoryName: !Ref Name',
    'RepositoryName: !Ref Nmae',
    'reference: Nmae is neither a parameter nor a resource of this template nor a pseudo parameter.',
  ],
  [
    'a dangling Ref in the long form',
    'RepositoryName: !Ref Name',
    'RepositoryName: { Ref: Nmae }',
    'reference: Nmae is neither a parameter',
  ],
  ['a pseudo parameter that does not exist', '!Ref AWS::AccountId', '!Ref AWS::Account', 'reference: AWS::Account is neither'],
  [
    'an attribute that does not exist',
    '!GetAtt [Role, Arn]',
    '!GetAtt [Role, RoleArn]',
    'attribute: Role (AWS::IAM::Role) has no attribute RoleArn; it has Arn, RoleId.',
  ],
  [
    'an attribute of no resource',
    '!GetAtt [Role, Arn]',
    '!GetAtt Rolle.Arn',
    'reference: Rolle.Arn refers to Rolle, which is not a resource of this template.',
  ],
  ['GetAtt without an attribute', '!GetAtt [Role, Arn]', '!GetAtt Role', 'function: Fn::GetAtt takes a resource and its attribute.'],
  ['a dangling Sub variable', "'${Name}-role'", "'${Nmae}-role'", 'reference: Nmae is neither'],
  [
    'a Sub attribute that does not exist',
    '${Repository.Arn}',
    '${Repository.Uri}',
    'attribute: Repository (AWS::ECR::Repository) has no attribute Uri; it has Arn, RepositoryUri.',
  ],
  [
    'a Sub variable that is never used',
    'Short: !Select',
    'Long: x, Short: !Select',
    'function: Fn::Sub is given the variable Long, but its text does not use it.',
  ],
  [
    'a reference inside a Sub variable',
    '!GetAtt Repository.RepositoryUri]]',
    '!GetAtt Repo.RepositoryUri]]',
    'reference: Repo.RepositoryUri refers to Repo',
  ],
  ['a wrong number of arguments', '!Equals [!Ref Name, demo]', '!Equals [!Ref Name]', 'function: Fn::Equals takes a list of 2 items.'],
  [
    'a function that does not exist',
    "RoleName: !Sub '${Name}-role'",
    "RoleName: { 'Fn::Concat': [a] }",
    'function: Fn::Concat is not a function of CloudFormation.',
  ],
  ['a tag that does not exist', "RoleName: !Sub '${Name}-role'", 'RoleName: !Concat [a]', 'unknown-tag: Unresolved tag: !Concat'],
  [
    'a condition that does not exist',
    'Condition: IsLong',
    'Condition: IsShort',
    'condition: Project depends on IsShort, which is not a condition of this template.',
  ],
  [
    'a condition of an output that does not exist',
    'Condition: IsDemo',
    'Condition: IsShort',
    'condition: The output Uri depends on IsShort',
  ],
  [
    'a condition in Fn::If that does not exist',
    '!If [IsDemo, !Ref Size, 5]',
    '!If [IsShort, !Ref Size, 5]',
    'condition: IsShort is not a condition of this template.',
  ],
  [
    'a condition in a condition that does not exist',
    '!Condition IsDemo',
    '!Condition IsShort',
    'condition: IsShort is not a condition of this template.',
  ],
  [
    'a condition that refers to a resource',
    '!Equals [!Ref Name, demo]',
    '!Equals [!Ref Repository, demo]',
    'condition: The condition IsDemo refers to the resource Repository',
  ],
  [
    'a mapping that does not exist',
    '[Images, !Ref AWS::Region',
    '[Image, !Ref AWS::Region',
    'mapping: Image is not a mapping of this template.',
  ],
  [
    'a key of a mapping that does not exist',
    '[Images, !Ref AWS::Region',
    '[Images, us-east-1',
    'mapping: The mapping Images has no key us-east-1.',
  ],
  [
    'a DependsOn that dangles',
    'DependsOn: Repository',
    'DependsOn: [Repository, Bucket]',
    'reference: Project depends on Bucket, which is not a resource of this template.',
  ],
  [
    'a DeletionPolicy that does not exist',
    'DeletionPolicy: Retain',
    'DeletionPolicy: Keep',
    'unknown-key: DeletionPolicy of Repository must be one of',
  ],
  [
    'an output without a value',
    '    Value: !GetAtt Repository.RepositoryUri\n',
    '',
    'output: The output Uri needs a Value that is a single value, not nothing.',
  ],
  [
    'an output with a list',
    'Value: !GetAtt Repository.RepositoryUri',
    'Value: [a]',
    'output: The output Uri needs a Value that is a single value, not a list.',
  ],
  ['an unknown key of an output', 'Description: Where', 'Descripton: Where', 'unknown-key: The output Uri has no key Descripton'],
  [
    'a name of an output that is not alphanumeric',
    '  Uri:',
    '  repository-uri:',
    "logical-id: The output's name repository-uri may only contain letters and digits.",
  ],
  [
    'a logical id that is not alphanumeric',
    '  Repository:',
    '  Repo-sitory:',
    'logical-id: The logical id Repo-sitory may only contain letters and digits.',
  ],
  [
    'an id used twice',
    '  Name:\n    Type: String',
    '  Project:\n    Type: String\n  Name:\n    Type: String',
    'logical-id: Project names both a parameter and a resource.',
  ],
  [
    'a parameter nobody uses',
    '  Name:\n    Type: String',
    '  Old:\n    Type: String\n  Name:\n    Type: String',
    'unused-parameter: Nothing refers to the parameter Old.',
  ],
  [
    'a parameter without a type',
    '    Type: CommaDelimitedList',
    '    NoEcho: true',
    'parameter: The parameter Subnets needs a Type such as String or Number.',
  ],
  [
    'a parameter of an unknown type',
    'CommaDelimitedList',
    'Strings',
    'parameter: The parameter Subnets needs a Type such as String or Number.',
  ],
  ['an unknown key of a parameter', 'MinLength: 2', 'Minlength: 2', 'parameter: The parameter Name has no key Minlength'],
  [
    'a default against its pattern',
    'Default: demo',
    'Default: Demo',
    'parameter-default: The default of Name does not match its AllowedPattern.',
  ],
  ['a default that is too short', 'Default: demo', 'Default: d', 'parameter-default: The default of Name is below its MinLength.'],
  ['a default that is too large', 'Default: 60', 'Default: 600', 'parameter-default: The default of Size is above its MaxValue.'],
  [
    'a default that is not allowed',
    'MinLength: 2',
    'AllowedValues: [prod, test]',
    'parameter-default: The default of Name is not among its AllowedValues.',
  ],
  ['a section that does not exist', 'Outputs:', 'Output:', 'section: Output is not a section of a template'],
  ['a wrong format version', "'2010-09-09'", "'2012-10-17'", "section: AWSTemplateFormatVersion must be '2010-09-09'."],
  [
    'a description that is too long',
    'Description: Demo',
    `Description: ${'d'.repeat(1025)}`,
    'section: Description must be text of at most 1,024 bytes.',
  ],
  [
    'a policy without an effect',
    'Effect: Allow\n              Action',
    'Action',
    'policy: Effect in PolicyDocument must be Allow or Deny.',
  ],
  ['a policy without a resource', 'Resource: !Sub', 'Ressource: !Sub', 'policy: A statement of PolicyDocument names no Resource.'],
  [
    'a trust policy without a principal',
    'Principal: { Service: codebuild.amazonaws.com }',
    'Sid: a',
    'policy: A statement of AssumeRolePolicyDocument names no Principal.',
  ],
  [
    'an action that is no action',
    '[ecr:PutImage',
    '[PutImage',
    'policy: An action in PolicyDocument must read like ecr:PutImage, not PutImage.',
  ],
  [
    'a policy without its version',
    "        Version: '2012-10-17'\n        Statement:\n          - Effect",
    '        Statement:\n          - Effect',
    "policy: AssumeRolePolicyDocument needs Version: '2012-10-17'.",
  ],
  ['a duplicate key', 'Description: Demo', 'Description: Demo\nDescription: Again', 'duplicate-key: Map keys must be unique'],
  ['a tab', '  Repository:', '\tRepository:', 'yaml: '],
  ['an alias', 'RepositoryName: !Ref Name', 'RepositoryName: &a demo\n      LifecyclePolicy: *a', 'yaml: The alias *a is not supported'],
])('finds %s', (_, find, replace, finding) => {
  expect(after(find, replace).join('\n')).toContain(finding);
});

/** The line number of a text in the template. */
const lineOf = (text: string) => template.slice(0, template.indexOf(text)).split('\n').length;

test('a finding tells the line of the mistake', () => {
  expect(after('RepositoryName: !Ref Name', 'RepositoryName: !Ref Nmae')[0]).toMatch(`${lineOf('RepositoryName: !Ref')} reference:`);
  expect(after('PrivilegedMode', 'Privileged')[0]).toMatch(`${lineOf('PrivilegedMode')} unknown-property:`);
});

test('resources that wait for each other are found', () => {
  const circular = after('ImageTagMutability: MUTABLE', 'RepositoryPolicyText: { Version: !GetAtt Project.Arn }');
  expect(circular.filter((finding) => finding.includes('circular'))).toEqual([
    `${lineOf('Repository:\n')} circular: Repository waits for itself through its references.`,
    `${lineOf('Role:\n')} circular: Role waits for itself through its references.`,
    `${lineOf('Project:\n')} circular: Project waits for itself through its references.`,
  ]);
});

test.each([
  ['', 'section: A template is a mapping with Resources, not nothing.'],
  ['- a', 'section: A template is a mapping with Resources, not a list.'],
  ['Description: x', 'section: The template has no Resources.'],
])('%j is no template', (text, finding) => {
  expect(validateTemplate(text).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([finding]);
});

test('what a custom resource takes and returns is its own affair', () => {
  expect(
    validateTemplate(
      'Resources:\n  A:\n    Type: Custom::Anything\n    Properties: { Foo: 1 }\nOutputs:\n  B:\n    Value: !GetAtt A.Bar\n',
    ),
  ).toEqual([]);
});

test.each([
  [template, 'CAPABILITY_NAMED_IAM'],
  [template.replace(/ {6}RoleName:.*\n/, ''), 'CAPABILITY_IAM'],
  ['Resources:\n  A:\n    Type: AWS::ECR::Repository\n', undefined],
])('tells the capability a stack needs (%#)', (text, capability) => {
  expect(requiredCapability(text)).toBe(capability);
});

/** A template without mistakes that uses what only the Serverless Application Model has. */
const serverless = `Transform: [AWS::Serverless-2016-10-31]
Parameters:
  Stage: { Type: String }
  Image: { Type: String }
Globals:
  Function:
    Environment: { Variables: { STAGE: !Ref Stage } }
Resources:
  OrderBus:
    Type: AWS::Events::EventBus
    Properties: { Name: orders }
  Order:
    Type: AWS::Serverless::Function
    DependsOn: OrderBus
    Connectors:
      Send: { Properties: { Destination: { Id: OrderBus }, Permissions: [Write] } }
    Metadata: { DockerTag: !Ref Image }
    Properties:
      Handler: app.handler
      AutoPublishAlias: live
      SnapStart: { ApplyOn: PublishedVersions }
      Policies:
        - EventBridgePutEventsPolicy: { EventBusName: !Ref OrderBus }
        - AWSLambdaBasicExecutionRole
  Audit:
    Type: AWS::Serverless::Function
    Properties:
      Policies: { EventBridgePutEventsPolicy: { EventBusName: !Ref OrderBus } }
  Wire:
    Type: AWS::Serverless::Connector
    Properties: { Source: { Id: Order }, Destination: { Id: OrderBus }, Permissions: [Write] }
Outputs:
  Url: { Value: !Sub 'https://\${ServerlessRestApi}.execute-api.\${AWS::Region}.amazonaws.com/Prod/' }
  Arn: { Value: !GetAtt Order.Arn }
  Role: { Value: !GetAtt OrderRole.Arn }
  Version: { Value: !Ref Order.Version }
`;

test('what the Serverless Application Model adds to the language is known', () => {
  expect(validateTemplate(serverless)).toEqual([]);
});

test.each([
  ['its section without its transform', 'Transform: [AWS::Serverless-2016-10-31]', 'Transform: [AWS::Include]', 'Globals is not a section'],
  ['a parameter that nothing refers to', '!Ref Stage', 'dev', 'Nothing refers to the parameter Stage.'],
  ['a misspelt property', 'Handler:', 'Handlr:', 'AWS::Serverless::Function has no property Handlr'],
  ['a policy that is neither a document nor a template', '- EventBridgePutEventsPolicy', '- PutEvents', 'has no property PutEvents'],
  ['a name that nothing generates', 'ServerlessRestApi', 'RestApi', 'RestApi is neither a parameter nor a resource'],
  ['a resource type that does not exist', 'Serverless::Connector', 'Serverless::Conector', 'AWS::Serverless::Conector of Wire does not'],
])('finds %s in a serverless template', (_, find, replace, finding) => {
  expect(serverless).toContain(find);
  expect(
    validateTemplate(serverless.replace(find, replace))
      .map(({ message }) => message)
      .join('\n'),
  ).toContain(finding);
});

test('the section Rules has functions of its own', () => {
  const text = `Parameters:
  Class: { Type: String }
  Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' }
Rules:
  Classes:
    Assertions:
      - Assert: !Contains [[db.t4g.micro], !Ref Class]
      - Assert: { 'Fn::EachMemberEquals': [{ 'Fn::ValueOf': [Subnets, VpcId] }, !RefAll 'AWS::EC2::VPC::Id'] }
      - Assert: { 'Fn::EachMemberIn': [!ValueOfAll ['AWS::EC2::Subnet::Id', VpcId], { 'Fn::RefAll': 'AWS::EC2::VPC::Id' }] }
Resources:
  Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: demo } }
`;
  expect(validateTemplate(text)).toEqual([]);
  const messages = (changed: string) => validateTemplate(changed).map(({ message }) => message);
  expect(messages(text.replace('[Subnets,', '[Subnet,')).join()).toContain('Subnet is neither a parameter');
  expect(messages(text.replace('TopicName: demo', 'TopicName: !Contains [[a], a]'))).toEqual([
    'Fn::Contains is a function of the section Rules alone.',
  ]);
});

/** Values that services accept, similar to values they refuse. */
const values = `Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.83.0.0/16 }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Vpc.CidrBlock
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }]
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString: { GenerateStringKey: password, SecretStringTemplate: '{"username": "admin"}' }
  Database:
    Type: AWS::RDS::DBInstance
    Properties: { AllocatedStorage: '20', Engine: mysql, DBInstanceClass: db.t4g.micro }
  Grown:
    Type: AWS::RDS::DBInstance
    Properties: { AllocatedStorage: '{{resolve:ssm:/lab/storage}}', Engine: mysql, DBInstanceClass: db.t4g.micro }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      Memory: 3072
      Cpu: 512
      ContainerDefinitions: [{ Name: web, Image: nginx }, { Name: log, Image: nginx }]
  OnInstances:
    Type: AWS::ECS::TaskDefinition
    Properties: { RequiresCompatibilities: [EC2], Cpu: 256, Memory: 700 }
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LoadBalancers: [{ ContainerName: log, ContainerPort: 80 }]
      Role: !GetAtt Role.Arn
      Tags: [{ Key: Role, Value: Role.Arn }]
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: ecs.amazonaws.com }, Action: sts:AssumeRole }]
  Handler:
    Type: AWS::Lambda::Function
    Properties:
      Handler: Role.main
      Role: !GetAtt Role.Arn
      Code: { ZipFile: !Sub 'Role.Arn' }
Outputs:
  Role: { Value: !GetAtt Role.Arn, Description: Role.Arn }
`;

test('values that services take have no findings', () => {
  expect(validateTemplate(values)).toEqual([]);
});

test.each([
  ['10.83.0.0/16', '10.83.0.0', 'CidrBlock of AWS::EC2::VPC needs the length of its prefix, such as /16 or /32.'],
  ['0.0.0.0/0', '0.0.0.0', 'CidrIp of AWS::EC2::SecurityGroup needs the length of its prefix, such as /16 or /32.'],
  ['"admin"}', '"admin"', 'SecretStringTemplate is not JSON.'],
  ["'20'", '20GB', 'AllocatedStorage is a number of GiB such as 20, not 20GB.'],
  ['3072', '512', 'Fargate has no task of Cpu 512 and Memory 512; with this Cpu, Memory is 1024 to 4096 in steps of 1024.'],
  ['3072', '3000', 'Fargate has no task of Cpu 512 and Memory 3000; with this Cpu, Memory is 1024 to 4096 in steps of 1024.'],
  [
    'Memory: 3072\n      Cpu: 512',
    "Memory: 3072\n      Cpu: '256'",
    'Fargate has no task of Cpu 256 and Memory 3072; with this Cpu, Memory is 512, 1024 or 2048.',
  ],
  ['ContainerName: log', 'ContainerName: app', 'ContainerName is app, but the containers of Task are called web, log.'],
  ['Role: !GetAtt Role.Arn', 'Role: Role.Arn', 'Role.Arn is only text here; the attribute of Role is !GetAtt Role.Arn.'],
  ['Value: !GetAtt Role.Arn', 'Value: Role.Arn', 'Role.Arn is only text here; the attribute of Role is !GetAtt Role.Arn.'],
])('no service takes %s as %s', (find, replace, message) => {
  expect(values).toContain(find);
  const line = values.slice(0, values.indexOf(find)).split('\n').length;
  expect(validateTemplate(values.replace(find, replace))).toContainEqual({ rule: 'value', message, line });
});

test('a type that does not exist is told where it stands', () => {
  expect(after('AWS::ECR::Repository', 'AWS::ECR::Repo')).toContain(
    `${lineOf('Type: AWS::ECR::Repository')} resource-type: The type AWS::ECR::Repo of Repository does not exist.`,
  );
});
