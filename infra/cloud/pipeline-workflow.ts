import { Construct } from 'constructs'
import { readDefinition } from './definition.ts'
import { HandlerFunction } from './handler-function.ts'
import type { Plane } from './plane.ts'
import type { TurnWorkflow } from './turn-workflow.ts'
import { Workflow, workflowArn } from './workflow.ts'

/** The workflow of one run with its steps; its turns are executions of the turn workflow. */
export class PipelineWorkflow extends Construct {
  readonly machine: Workflow

  constructor(scope: Construct, id: string, plane: Plane, turn: TurnWorkflow) {
    super(scope, id)
    const workflows = { pipeline: workflowArn(this, 'pipeline'), turn: turn.versionArn }
    const settleRun = new HandlerFunction(this, 'settle-run', plane, workflows)
    plane.cluster.grantStop(settleRun)
    this.machine = new Workflow(this, 'Workflow', {
      name: 'pipeline',
      definition: readDefinition('infra/workflows/pipeline.asl.yaml'),
      steps: {
        StartRun: new HandlerFunction(this, 'start-run', plane, workflows),
        RecordDiscovery: new HandlerFunction(this, 'record-discovery', plane, workflows),
        OpenCycle: new HandlerFunction(this, 'open-cycle', plane, workflows),
        NextTurn: new HandlerFunction(this, 'next-turn', plane, workflows),
        RecordTurn: new HandlerFunction(this, 'record-turn', plane, workflows),
        RecordReport: new HandlerFunction(this, 'record-report', plane, workflows),
        SettleRun: settleRun,
      },
      logDays: plane.context.logDays,
    })
    turn.machine.grantNested(this.machine)
  }
}
