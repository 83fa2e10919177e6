// A process of its own, started by measures: MLflow servers of so many models, and of how many registries.
import { createFleet } from './fleet.ts'
import { FleetMlflow } from './fleet-mlflow.ts'

const [models = 10_000, registries = 1] = process.argv.slice(2).map(Number)
const mlflow = await FleetMlflow.start(createFleet(models, 'whole').slice(0, registries))
console.log(mlflow.url)
process.stdin.resume().once('end', () => process.exit(0))
