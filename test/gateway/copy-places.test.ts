import { describeCopyPlaces } from './copy-places-suite.ts'

describeCopyPlaces('files that go to a local registry', (artifactFolder) => ({
  adapter: 'local',
  artifactFolder,
}))
