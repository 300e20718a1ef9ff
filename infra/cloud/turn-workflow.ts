import { RemovalPolicy } from 'aws-cdk-lib'
import { CfnStateMachineVersion } from 'aws-cdk-lib/aws-stepfunctions'
import { Construct } from 'constructs'
import { readDefinition } from './definition.ts'
import { HandlerFunction } from './handler-function.ts'
import type { Plane } from './plane.ts'
import { Workflow, workflowArn } from './workflow.ts'

/** The workflow of one turn with its steps, and the version of it that new runs pin (T18). */
export class TurnWorkflow extends Construct {
  readonly machine: Workflow
  readonly versionArn: string

  constructor(scope: Construct, id: string, plane: Plane) {
    super(scope, id)
    // Its steps start no turns, and no version can be named before they are there.
    const workflows = {
      pipeline: workflowArn(this, 'pipeline'),
      turn: workflowArn(this, 'turn'),
    }
    const openAttempt = new HandlerFunction(this, 'open-attempt', plane, workflows)
    plane.tasks.grantDescribe(openAttempt)
    const runAgent = new HandlerFunction(this, 'run-agent', plane, workflows)
    plane.tasks.grantRun(runAgent, plane.cluster)
    const closeAttempt = new HandlerFunction(this, 'close-attempt', plane, workflows)
    plane.cluster.grantStop(closeAttempt)

    this.machine = new Workflow(this, 'Workflow', {
      name: 'turn',
      definition: readDefinition('infra/workflows/turn.asl.yaml'),
      steps: { OpenAttempt: openAttempt, RunAgent: runAgent, CloseAttempt: closeAttempt },
      logDays: plane.context.logDays,
    })
    // Replaced whenever the state machine changes, and what it replaces stays: runs have pinned it.
    const version = new CfnStateMachineVersion(this, 'Version', {
      stateMachineArn: this.machine.stateMachineArn,
      stateMachineRevisionId: this.machine.stateMachineRevisionId,
    })
    version.applyRemovalPolicy(RemovalPolicy.RETAIN)
    this.versionArn = version.attrArn
  }
}
