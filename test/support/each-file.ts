import { afterAll } from 'vitest'
import { removeTemporaryFolders } from './home'

// Here, and not where a folder is made: `afterAll` has no effect within a test.
afterAll(removeTemporaryFolders)
