import { join } from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { bundle } from './bundle.ts'
import { readContext } from './context.ts'
import { ControlPlane } from './control-plane.ts'

const app = new App()
const bundles = join(app.outdir, 'bundles')
await bundle(bundles)
new ControlPlane(app, 'Vigil', { context: readContext(app.node), bundles })
Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
app.synth()
