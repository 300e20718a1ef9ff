import { CustomResource, Duration, Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { readDefinition } from '#infra/cloud/definition.ts'
import { PlaneFunction } from '#infra/cloud/plane-function.ts'
import { Workflow } from '#infra/cloud/workflow.ts'
import type { ImageBuild } from './image-build.ts'

/** Builds the images within a deploy: CloudFormation waits until they are there. */
export class ImageDeploy extends Construct {
  /** The images' tag, once they are there. */
  readonly tag: string

  constructor(
    scope: Construct,
    id: string,
    parts: { bundles: string; logDays: RetentionDays; build: ImageBuild },
  ) {
    super(scope, id)
    const { build } = parts
    const answer = new PlaneFunction(this, 'AnswerDeploy', { ...parts, name: 'answer-deploy' })
    const workflow = new Workflow(this, 'Workflow', {
      ...parts,
      name: 'build-images',
      definition: readDefinition('infra/cloud/images/build-images.asl.yaml'),
      substitutions: { BuildProject: build.project.projectName },
      steps: { AnswerDeploy: answer },
    })
    grantBuild(workflow, build)
    const start = new PlaneFunction(this, 'StartBuild', { ...parts, name: 'start-build' })
    workflow.grantStartExecution(start)
    const deploy = new CustomResource(this, 'Images', {
      serviceToken: start.function.functionArn,
      resourceType: 'Custom::Images',
      serviceTimeout: Duration.minutes(40),
      properties: {
        Workflow: workflow.stateMachineArn,
        Log: build.log.logGroupName,
        Tag: build.tag,
      },
    })
    // Once it is asked for, its answer needs all of this in place.
    deploy.node.addDependency(answer, workflow, start, build)
    this.tag = deploy.getAttString('Tag')
  }
}

/** What Step Functions needs for `startBuild.sync`: the build, and the rule that it hears of its end by. */
const grantBuild = (workflow: Workflow, { project }: ImageBuild): void => {
  workflow.addToRolePolicy(
    new PolicyStatement({
      actions: ['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:BatchGetBuilds'],
      resources: [project.projectArn],
    }),
  )
  const rule = 'StepFunctionsGetEventForCodeBuildStartBuildRule'
  workflow.addToRolePolicy(
    new PolicyStatement({
      actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      resources: [
        Stack.of(workflow).formatArn({ service: 'events', resource: 'rule', resourceName: rule }),
      ],
    }),
  )
}
